// The Debian packages that tests need, installed where they are missing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../bin/prepare.js';

/** Packages by a program of theirs. */
const PACKAGES = {
  dockerd: 'docker.io',
  iptables: 'iptables',
  'chromium-headless-shell': 'chromium-headless-shell',
  podman: 'podman',
  unzip: 'unzip',
  '7zz': '7zip',
  zip: 'zip',
  shellcheck: 'shellcheck',
  openssl: 'openssl',
  curl: 'curl',
  ssh: 'openssh-client',
  oathtool: 'oathtool',
  ps: 'procps',
  'systemd-notify': 'systemd',
  'docker-compose': 'docker-compose',
  zsh: 'zsh',
  'softhsm2-util': 'softhsm2',
  fish: 'fish',
  mandoc: 'mandoc',
  man: 'man-db',
  python3: 'python3',
  pgbouncer: 'pgbouncer',
  promtool: 'prometheus',
  nginx: 'nginx-light',
  haproxy: 'haproxy',
  rsyslogd: 'rsyslog',
  caddy: 'caddy',
  apache2: 'apache2-bin',
  pebble: 'pebble',
  postfix: 'postfix',
  faketime: 'faketime',
};
/** Packages by a file of theirs. */
const PACKAGE_FILES = {
  '/usr/lib/postgresql': 'postgresql',
  '/usr/sbin/sshd': 'openssh-server',
  '/usr/share/python-wheels': 'python3-venv',
  '/usr/share/fonts/truetype/liberation': 'fonts-liberation',
  '/usr/share/doc/rsyslog-gnutls': 'rsyslog-gnutls',
  '/usr/share/doc/libjemalloc2': 'libjemalloc2',
};
/** What the soak alone needs: compilers of its partners, and a rootless engine. */
const SOAK_PACKAGES = {
  newuidmap: 'uidmap',
  slirp4netns: 'slirp4netns',
  rootlesskit: 'rootlesskit',
  go: 'golang-go',
};

const onPath = (program) =>
  (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin', '/sbin')
    .some((folder) => existsSync(join(folder, program)));

const aptGet = async (...args) => {
  const child = spawn('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [status] = await once(child, 'exit');
  if (status !== 0) {
    fail(`apt-get ${args.join(' ')} failed (${status})`, 'See the lines above.', status ?? 1);
  }
};

/**
 * Installs what is missing, or says that it cannot.
 *
 * @param {{ soak?: boolean }} [options] with what the soak alone needs
 */
export const installPackages = async ({ soak = false } = {}) => {
  const programs = { ...PACKAGES, ...(soak ? SOAK_PACKAGES : {}) };
  const missing = [
    ...Object.entries(programs).filter(([program]) => !onPath(program)),
    ...Object.entries(PACKAGE_FILES).filter(([path]) => !existsSync(path)),
  ].map(([, name]) => name);
  if (missing.length === 0) {
    return;
  }
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    process.stdout.write(
      `Not installed (no root, or not Debian): ${missing.join(', ')}. Tests that need them are skipped.\n`,
    );
    return;
  }
  process.stdout.write(`Installing with apt-get, for the tests: ${missing.join(', ')} …\n`);
  await aptGet('update', '-qq');
  await aptGet('install', '-y', '-qq', '--no-install-recommends', ...missing);
};
