import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PROGRAM = '/usr/sbin/haproxy';

/** Imports this machine's HAProxy with its libraries as an image, since none can be pulled. */
export const importHaproxyImage = (reference: string, environment: NodeJS.ProcessEnv): void => {
  const { stdout } = spawnSync('ldd', [PROGRAM], { encoding: 'utf8' });
  const libraries = [...stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => path ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'haproxy-image-'));
  try {
    for (const file of [PROGRAM, ...libraries]) {
      const target = join(folder, file);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(realpathSync(file), target);
    }
    for (const needed of ['tmp', 'usr/local/etc/haproxy']) {
      mkdirSync(join(folder, needed), { recursive: true });
    }
    const archive = execFileSync('tar', ['-C', folder, '-c', '.'], { maxBuffer: 256 * 1024 * 1024 });
    execFileSync('docker', ['import', '-c', 'ENV PATH=/usr/sbin', '-', reference], {
      env: environment,
      input: archive,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
};
