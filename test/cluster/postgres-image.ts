import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const INSTALLED = '/usr/lib/postgresql';
const USER = 65_534;

/** Reads the variables that postgres's own image reads, as far as deploy/compose sets them. */
const entryOf = (programs: string): string => `#!/bin/sh
set -e
data=/var/lib/postgresql/data
as_nobody() { setpriv --reuid=${USER} --regid=${USER} --clear-groups env PATH="$PATH" "$@"; }
mkdir -p "$data" /run/postgresql
chown ${USER}:${USER} "$data" /run/postgresql
chmod 700 "$data"
if [ ! -s "$data/PG_VERSION" ]; then
  cp "$POSTGRES_PASSWORD_FILE" /tmp/password
  chown ${USER} /tmp/password
  as_nobody initdb -D "$data" -U "$POSTGRES_USER" --pwfile=/tmp/password -E UTF8 --locale=C --auth-local=trust >/dev/null
  rm /tmp/password
  echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
  as_nobody pg_ctl -D "$data" -o "-c listen_addresses=''" -w start >/dev/null
  as_nobody createdb -h /run/postgresql -U "$POSTGRES_USER" "$POSTGRES_DB"
  as_nobody pg_ctl -D "$data" -w -m fast stop >/dev/null
fi
exec setpriv --reuid=${USER} --regid=${USER} --clear-groups ${programs}/postgres -D "$data" -c "listen_addresses=*"
`;

const TOOLS = ['sh', 'setpriv', 'env', 'mkdir', 'chown', 'chmod', 'cp', 'rm'].map(
  (name) => `/usr/bin/${name}`,
);

const librariesOf = (file: string): readonly string[] => {
  const { stdout } = spawnSync('ldd', [file], { encoding: 'utf8' });
  return [...stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => path ?? '');
};

/** Imports this machine's PostgreSQL as an image that starts as postgres's own does, since none can be pulled. */
export const importPostgresImage = (reference: string, environment: NodeJS.ProcessEnv): void => {
  const version = readdirSync(INSTALLED).sort().at(-1) ?? '';
  const programs = join(INSTALLED, version, 'bin');
  const folder = mkdtempSync(join(tmpdir(), 'postgres-image-'));
  const copy = (path: string): void => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(realpathSync(path), target, { recursive: true, dereference: true });
  };
  try {
    const executables = [...TOOLS, ...readdirSync(programs).map((name) => join(programs, name))];
    const data = [join(INSTALLED, version), `/usr/share/postgresql/${version}`, '/usr/share/zoneinfo'];
    new Set([...data, ...TOOLS, ...executables.flatMap(librariesOf)]).forEach(copy);
    for (const needed of ['bin', 'tmp', 'run', 'etc', 'var/lib/postgresql']) {
      mkdirSync(join(folder, needed), { recursive: true });
    }
    chmodSync(join(folder, 'tmp'), 0o1777);
    symlinkSync('/usr/bin/sh', join(folder, 'bin', 'sh'));
    symlinkSync('/run', join(folder, 'var', 'run'));
    const users = `root:x:0:0::/:/bin/sh\nnobody:x:${USER}:${USER}::/:/bin/sh\n`;
    writeFileSync(join(folder, 'etc', 'passwd'), users);
    writeFileSync(join(folder, 'entry.sh'), entryOf(programs), { mode: 0o755 });
    const archive = execFileSync('tar', ['-C', folder, '-c', '.'], { maxBuffer: 1024 ** 3 });
    const settings = [`ENV PATH=${programs}:/usr/bin:/bin`, 'ENTRYPOINT ["/entry.sh"]'];
    execFileSync('docker', ['import', ...settings.flatMap((one) => ['-c', one]), '-', reference], {
      env: environment,
      input: archive,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
};
