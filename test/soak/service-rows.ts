import { BootedSystemd } from './booted-systemd.ts';
import { withEngine } from './engine.ts';
import type { Reached, Row, Say } from './row.ts';

const UNIT = 'nvflare-dashboard.service';
const FILE = `/etc/systemd/system/${UNIT}`;

/** Installs, kills, reboots and uninstalls the service. @returns what went wrong */
const live = async (system: BootedSystemd): Promise<readonly string[]> => {
  const wrong: string[] = [];
  const expectThat = (text: string, holds: boolean): void => {
    if (!holds) {
      wrong.push(text);
    }
  };
  const must = (...command: readonly string[]): void => {
    const { status, text } = system.run(...command);
    expectThat(`\`${command.join(' ')}\` failed: ${text}`, status === 0);
  };
  const secrets = ['--cred-file', '/etc/admin.txt', '--passphrase-file', '/etc/pass.txt'];
  must('dashboard', 'service', 'install', ...secrets, '-p', '8443', '--bind', '127.0.0.1');
  const first = await system.running();
  expectThat('it does not run after the installation', first?.sealed === false);
  must('dashboard', 'login', '--local', '--cred', 'admin@example.org:Amber-Lantern-3');
  must('dashboard', 'project', 'set', 'short_name=soak', 'server1=fl.example.org', '--local');
  must('dashboard', 'project', 'freeze', '-y', '--local');
  const restart = system.run('dashboard', 'restart', '--local');
  expectThat(
    'a restart takes it out of its service',
    restart.status === 1 && restart.text.includes(`restart ${UNIT}`),
  );
  must('systemctl', 'kill', '--signal=KILL', UNIT);
  const second = await system.running();
  expectThat('it does not come back after a kill', second?.sealed === false && second.pid !== first?.pid);
  await system.reboot();
  const third = await system.running();
  expectThat('it does not run, unsealed, after a reboot', third?.sealed === false);
  must('dashboard', 'service', 'uninstall');
  expectThat('the unit stays', system.run('test', '-e', FILE).status === 1);
  expectThat('the service still runs', system.run('systemctl', 'is-active', UNIT).status !== 0);
  expectThat('the project is gone', system.run('test', '-s', 'db.sqlite').status === 0);
  return wrong;
};

const measure = async (say: Say): Promise<Reached> => {
  const reason = BootedSystemd.whyNot();
  if (reason !== undefined) {
    return { figure: `not measured: ${reason}`, met: false, skipped: true };
  }
  return withEngine(async ({ dockerHost }) => {
    const system = new BootedSystemd(dockerHost);
    try {
      await system.boot();
      const wrong = await live(system);
      wrong.forEach(say);
      return {
        figure: `installed, killed, rebooted, unsealed from its credential, uninstalled; ${wrong.length} things wrong`,
        met: wrong.length === 0,
      };
    } finally {
      system.remove();
    }
  });
};

/** Rows about a dashboard that systemd runs. */
export const SERVICE_ROWS: readonly Row[] = [
  {
    area: 'operation',
    promise: 'a service of systemd comes back after a kill and after a reboot, with its root key open',
    figure: 'tried under a booted systemd in a container',
    shown: { name: 'service', measure },
  },
];
