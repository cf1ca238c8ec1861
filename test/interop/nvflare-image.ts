import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

const BUFFER_BYTES = 64 * 1024 * 1024;
const PROGRAMS = ['/bin/bash', '/usr/bin/env', '/bin/cat'];
const LEFT_OUT = ['*/test/*', '*/dist-packages/*', '*/site-packages/pip/*'];

const lines = (program: string, args: readonly string[]): readonly string[] =>
  spawnSync(program, args, { encoding: 'utf8', maxBuffer: BUFFER_BYTES }).stdout.split('\n');

/** Paths of the shared libraries that programs and modules load, as the dynamic linker finds them. */
const librariesOf = (files: readonly string[]): readonly string[] => {
  const found = lines('ldd', files).flatMap((line) => /(\/\S+) \(0x/.exec(line)?.[1] ?? []);
  return [...new Set(found)];
};

/**
 * Makes an image with bash and this machine's Python with NVIDIA FLARE from a virtual environment, where it lies here.
 *
 * @param name repository and tag of the image
 * @param venv folder of the virtual environment
 * @param folder for what the image needs besides; made here
 */
export const makeNvflareImage = (
  name: string,
  venv: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): void => {
  const python = realpathSync(join(venv, 'bin/python3'));
  const asked = 'import sysconfig; print(sysconfig.get_paths()["stdlib"])';
  const standard = execFileSync(python, ['-c', asked], { encoding: 'utf8' }).trim();
  const modules = lines('find', [venv, join(standard, 'lib-dynload'), '-name', '*.so*']).filter(existsSync);
  const libraries = librariesOf([python, ...PROGRAMS, ...modules]).filter((path) => !path.startsWith(venv));
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  chmodSync(join(folder, 'tmp'), 0o1777);
  const archive = join(folder, 'image.tar');
  execFileSync('tar', [
    ...['--create', '--dereference', `--file=${archive}`],
    ...LEFT_OUT.map((pattern) => `--exclude=${pattern}`),
    ...['--directory', folder, 'tmp', '--directory', '/'],
    ...[...PROGRAMS, python, standard, venv, ...libraries].map((path) => path.slice(1)),
  ]);
  const path = `ENV PATH=${join(venv, 'bin')}:/usr/bin:/bin`;
  execFileSync('docker', ['import', '--change', path, archive, name], { env, stdio: 'ignore' });
};
