// The files of the tests' base image: Node, a shell and a few programs, with their libraries.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PROGRAMS = [
  'sh',
  'cat',
  'cp',
  'chmod',
  'dirname',
  'env',
  'id',
  'ls',
  'mkdir',
  'sleep',
  'tail',
  'touch',
];
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const PASSWD = `root:x:0:0:root:/root:/bin/sh
node:x:1000:1000:node:/home/node:/bin/sh
`;
const GROUP = `root:x:0:
node:x:1000:
`;

const findProgram = (name) => {
  const path = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find(existsSync);
  if (path === undefined) {
    throw new Error(`base image: no program ${name}`);
  }
  return path;
};

/** Paths of the shared libraries that the dynamic linker would load, the linker itself among them. */
const librariesOf = (program) => {
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  return [...stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map((match) => match[1]);
};

/** Every file as [source, path in the image]; /bin and /lib are links into /usr there. */
const files = (node) => {
  const programs = [
    [node, '/usr/local/bin/node'],
    ...PROGRAMS.map((name) => [findProgram(name), `/usr/bin/${name}`]),
  ];
  const libraries = new Set(programs.flatMap(([source]) => librariesOf(realpathSync(source))));
  const inImage = (path) => (/^\/(lib|lib64)\//.test(path) ? `/usr${path}` : path);
  return [
    ...programs,
    ...[...libraries].map((path) => [path, inImage(path)]),
    ...(existsSync(CERTIFICATES) ? [[CERTIFICATES, CERTIFICATES]] : []),
  ];
};

/** Changes when any file of the image would. */
export const baseImageFingerprint = (node) => {
  const hash = createHash('sha256').update('4');
  for (const [source, path] of files(node)) {
    const { size, mtimeMs } = statSync(source);
    hash.update(`${path} ${realpathSync(source)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
};

/** Lays the image out in a temporary folder and streams it as tar; await `done` after the stream was read. */
export const baseImageArchive = (node) => {
  const folder = mkdtempSync(join(tmpdir(), 'nvflare-dashboard-base-'));
  for (const each of [
    'usr/bin',
    'usr/lib',
    'usr/lib64',
    'etc',
    'root',
    'home/node',
    'var/tmp',
    'proc',
    'sys',
    'dev',
  ]) {
    mkdirSync(join(folder, each), { recursive: true });
  }
  chmodSync(folder, 0o755);
  for (const each of ['bin', 'lib', 'lib64']) {
    symlinkSync(`usr/${each}`, join(folder, each));
  }
  mkdirSync(join(folder, 'tmp'));
  for (const each of ['tmp', 'var/tmp']) {
    chmodSync(join(folder, each), 0o1777);
  }
  for (const [source, path] of files(node)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(realpathSync(source), target);
    chmodSync(target, statSync(source).mode & 0o777);
  }
  writeFileSync(join(folder, 'etc/passwd'), PASSWD);
  writeFileSync(join(folder, 'etc/group'), GROUP);
  writeFileSync(join(folder, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  const tar = spawn('tar', ['--numeric-owner', '--owner=0', '--group=0', '-C', folder, '-c', '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const done = new Promise((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`tar ended with ${code}`))));
  }).finally(() => rmSync(folder, { recursive: true, force: true }));
  done.catch(() => undefined);
  return { stream: tar.stdout, done };
};
