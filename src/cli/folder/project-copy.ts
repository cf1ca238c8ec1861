import { access, chown, constants, copyFile, lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { maintain } from '../backend/maintain.ts';
import type { Runtime } from '../runtime.ts';
import type { ProjectFolder } from './inspect-folder.ts';

/** Prefix of the folder inside the project that holds the copy: under the same permissions, on the same disk. */
const PREFIX = '.trial-';
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_DEPTH = 3;
/** The database is copied by itself; the rest belongs to a running dashboard or is only kept. */
const LEFT_OUT =
  /^(?:db\.sqlite.*|\.dashboard.*|dashboard\.log.*|\.trial-.*|\.before-restart-.*|\.restore-.*|\.backup-.*|backups|.*\.bak|.*\.partial)$/;

/** A copy of a project, on which a dashboard can be tried out. */
export interface ProjectCopy {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Copies small files: certificates, keys, properties, files with secrets that the environment names. */
const copyFiles = async (
  from: string,
  to: string,
  adopt: (path: string) => Promise<void>,
  depth = 1,
): Promise<void> => {
  for (const name of await readdir(from)) {
    if (LEFT_OUT.test(name)) {
      continue;
    }
    const source = join(from, name);
    const target = join(to, name);
    const facts = await lstat(source);
    if (facts.isDirectory() && depth < MAX_DEPTH) {
      await mkdir(target, { mode: 0o700 });
      await copyFiles(source, target, adopt, depth + 1);
    } else if (facts.isFile() && facts.size <= MAX_FILE_BYTES) {
      await copyFile(source, target);
    } else {
      continue;
    }
    await adopt(target);
  }
};

/** True when this user may read the project and write into its folder. */
export const mayCopy = async (folder: string): Promise<boolean> => {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    await access(join(folder, 'db.sqlite'), constants.R_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Copies the project with its database as it is at one moment, also while a dashboard writes to it.
 *
 * @throws CliError `maintenance_refused`; what the file system says; then nothing of the copy is left
 */
export const copyProject = async (project: ProjectFolder, runtime: Runtime): Promise<ProjectCopy> => {
  const path = await mkdtemp(join(project.path, PREFIX));
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true });
  const { uid, gid } = project.owner;
  const adopt = (file: string): Promise<void> =>
    runtime.uid === 0 ? chown(file, uid, gid) : Promise.resolve();
  try {
    await adopt(path);
    await copyFiles(project.path, path, adopt);
    const into = join(path, 'db.sqlite');
    await maintain(
      { task: 'snapshot', database: join(project.path, 'db.sqlite'), into },
      runtime,
      project.owner,
    );
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};
