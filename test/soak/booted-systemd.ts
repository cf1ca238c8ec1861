import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..', '..');
const IMAGE = 'nvflare-dashboard-test-systemd:local';
const PACKAGES = 'systemd,systemd-sysv,dbus,libatomic1';
const WAIT_MS = 90_000;
const INSTALLED = '/usr/local/lib/node_modules/nvflare-dashboard';
const FOLDER = '/srv/study';
const UNIT = 'nvflare-dashboard.service';
// Credentials of systemd need mounts that spread, as they do on a host.
const BOOT = 'mount --make-rshared / && exec /lib/systemd/systemd';

const Status = z.object({ state: z.string(), sealed: z.boolean().optional(), pid: z.number().optional() });

/** A container in which systemd is the first process, with the package installed. */
export class BootedSystemd {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #name = `nvflare-dashboard-test-systemd-${process.pid}`;

  constructor(dockerHost: string) {
    this.#environment = { ...process.env, DOCKER_HOST: dockerHost };
  }

  /** Why it cannot be tried here; undefined when it can. */
  static whyNot(): string | undefined {
    if (process.getuid?.() !== 0) {
      return 'only root builds a system';
    }
    return spawnSync('debootstrap', ['--version']).status === 0 ? undefined : 'debootstrap is not installed';
  }

  /** Builds the image from Debian's packages unless the engine has it, and boots it. */
  async boot(): Promise<void> {
    if (spawnSync('docker', ['image', 'inspect', IMAGE], { env: this.#environment }).status !== 0) {
      this.#build();
    }
    const cgroups = ['--cgroupns=host', '-v', '/sys/fs/cgroup:/sys/fs/cgroup:rw'];
    const memory = ['/run', '/run/lock', '/tmp'].flatMap((path) => ['--tmpfs', path]);
    const rights = [
      '--cap-add=SYS_ADMIN',
      '--security-opt=seccomp=unconfined',
      '--security-opt=apparmor=unconfined',
    ];
    this.#docker(
      'run',
      '-d',
      '--name',
      this.#name,
      ...rights,
      ...cgroups,
      ...memory,
      '-e',
      'container=docker',
      IMAGE,
      'sh',
      '-c',
      BOOT,
    );
    await this.#booted();
    this.#install();
  }

  /** Runs a command in it. */
  run(...command: readonly string[]): { readonly status: number | null; readonly text: string } {
    const { status, stdout, stderr } = spawnSync('docker', ['exec', '-w', FOLDER, this.#name, ...command], {
      env: this.#environment,
      encoding: 'utf8',
    });
    return { status, text: stdout + stderr };
  }

  /** Returns what `dashboard status` says, once it is that the dashboard runs. */
  async running(): Promise<z.infer<typeof Status> | undefined> {
    return this.#until(() => {
      const { status, text } = this.run('dashboard', 'status', '--local', '--json');
      return status === 0 && this.run('systemctl', 'is-active', UNIT).status === 0
        ? Status.parse(JSON.parse(text))
        : undefined;
    });
  }

  /** Ends the whole system and boots it again. */
  async reboot(): Promise<void> {
    this.#docker('restart', '-t', '30', this.#name);
    await this.#booted();
  }

  remove(): void {
    spawnSync('docker', ['rm', '-f', this.#name], { env: this.#environment });
  }

  #docker(...args: readonly string[]): void {
    execFileSync('docker', args, { env: this.#environment, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  #build(): void {
    const folder = mkdtempSync(join(tmpdir(), 'systemd-'));
    try {
      const system = join(folder, 'system');
      const options = ['--variant=minbase', `--include=${PACKAGES}`, 'bookworm', system];
      execFileSync('debootstrap', options, { stdio: ['ignore', 'ignore', 'pipe'] });
      writeFileSync(join(system, 'etc', 'machine-id'), '');
      const archive = join(folder, 'system.tar');
      execFileSync('tar', ['-C', system, '-cf', archive, '.']);
      this.#docker('import', archive, IMAGE);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #install(): void {
    const folder = mkdtempSync(join(tmpdir(), 'package-'));
    try {
      const npm = { cwd: ROOT, encoding: 'utf8' } as const;
      const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], npm).trim();
      const archive = join(folder, packed.split('\n').at(-1) ?? '');
      execFileSync('npm', ['install', '-g', '--prefix', folder, '--ignore-scripts', archive], npm);
      const files = {
        'admin.txt': 'admin@example.org:Amber-Lantern-3:Hospital',
        'pass.txt': 'Seven grey herons wait',
      };
      execFileSync('docker', ['exec', this.#name, 'mkdir', '-p', FOLDER, dirname(INSTALLED)], {
        env: this.#environment,
      });
      this.#docker('cp', join(folder, 'lib/node_modules/nvflare-dashboard'), `${this.#name}:${INSTALLED}`);
      this.#docker('cp', process.execPath, `${this.#name}:/usr/local/bin/node`);
      for (const [name, line] of Object.entries(files)) {
        writeFileSync(join(folder, name), `${line}\n`, { mode: 0o600 });
        this.#docker('cp', join(folder, name), `${this.#name}:/etc/${name}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    this.run('ln', '-s', `${INSTALLED}/bin/dashboard.js`, '/usr/local/bin/dashboard');
  }

  async #booted(): Promise<void> {
    const state = await this.#until(() => {
      const { text } = this.#anywhere('systemctl', 'is-system-running');
      return /^(running|degraded)/.test(text) ? text : undefined;
    });
    if (state === undefined) {
      throw new Error(`systemd did not boot: ${this.#anywhere('systemctl', 'is-system-running').text}`);
    }
  }

  #anywhere(...command: readonly string[]): { readonly text: string } {
    const { stdout, stderr } = spawnSync('docker', ['exec', this.#name, ...command], {
      env: this.#environment,
      encoding: 'utf8',
    });
    return { text: stdout + stderr };
  }

  async #until<T>(look: () => T | undefined): Promise<T | undefined> {
    const end = performance.now() + WAIT_MS;
    while (performance.now() < end) {
      const found = look();
      if (found !== undefined) {
        return found;
      }
      await pause(200);
    }
    return undefined;
  }
}
