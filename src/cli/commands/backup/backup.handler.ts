import { createReadStream, existsSync, statSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ProjectInspection, type MaintenanceRequest } from '../../../contract/maintenance.ts';
import {
  archiveName,
  PROJECT_FILES,
  writeArchive,
  type ProjectFile,
} from '../../../archive/project-archive.ts';
import { maintain } from '../../backend/maintain.ts';
import { archiveFault } from '../../errors/archive-faults.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { noteBackup } from '../../folder/last-backup.ts';
import { inspectFolder, type ProjectFolder } from '../../folder/inspect-folder.ts';
import { findProjectDatabase } from '../../folder/project-database.ts';
import type { Handler } from '../../handler.ts';
import { formatBytes } from '../../output/format-bytes.ts';
import { packageVersion } from '../../package-version.ts';
import type { Runtime } from '../../runtime.ts';
import { newArchivePassphrase } from '../../settings/archive-passphrase.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

const STDOUT = '-';

/** Returns the archive's path: a folder gets a file named after the time. @throws CliError when the file exists */
const targetFile = (path: string, name: string): string => {
  const isFolder = path.endsWith(sep) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = isFolder ? join(path, name) : path;
  if (!existsSync(file)) {
    return file;
  }
  throw CLI_ERRORS.fileUnusable({ path: file, reason: 'it exists', advice: 'Name a new file, or a folder.' });
};

/** A slash at the end stays: it names a folder. */
const absolute = (path: string, { cwd }: Runtime): string =>
  path.endsWith('/') ? `${resolve(cwd, path)}${sep}` : resolve(cwd, path);

const isKeyInClear = async (
  database: string,
  { owner }: ProjectFolder,
  runtime: Runtime,
): Promise<boolean> => {
  const { text } = await maintain({ task: 'inspect', database }, runtime, owner);
  return ProjectInspection.parse(JSON.parse(text)).rootKeyInClear;
};

/** `dashboard backup`: the database as it is at one moment, and the files beside it. */
export const backup: Handler = async (flags, words, context) => {
  const { runtime, output } = context;
  const { folder } = await readTargetSettings(flags, runtime);
  // Of a disk that became read-only for its errors a backup is wanted most.
  const project = await inspectFolder(folder, runtime.uid, 'enough');
  const database = await findProjectDatabase(folder, project.hasDatabase, runtime);
  if (database.engine === 'sqlite' && !project.hasDatabase) {
    throw CLI_ERRORS.fileUnusable({
      path: database.file,
      reason: 'there is no database',
      advice: 'Name the folder of a project, or set DATABASE_URL for one in PostgreSQL.',
    });
  }
  const now = runtime.now();
  const toStdout = words[0] === STDOUT;
  if (toStdout && flags['json'] === true) {
    throw CLI_ERRORS.usage({ what: '"-" and --json exclude each other: both write to standard output.' });
  }
  const work = await mkdtemp(join(tmpdir(), 'dashboard-backup-'));
  try {
    if (runtime.uid === 0) {
      await chown(work, project.owner.uid, project.owner.gid);
    }
    output.step('Copying the database …');
    const copy = join(work, 'db.sqlite');
    const request: MaintenanceRequest =
      database.engine === 'sqlite'
        ? { task: 'snapshot', database: database.file, into: copy }
        : {
            task: 'copy',
            webRoot: folder,
            databaseUrl: database.url,
            to: 'sqlite',
            file: copy,
            takeOver: false,
          };
    await maintain(request, runtime, project.owner);
    const passphrase = await newArchivePassphrase(flags, await isKeyInClear(copy, project, runtime), context);
    const sources = new Map<ProjectFile, string>(PROJECT_FILES.map((name) => [name, join(folder, name)]));
    sources.set('db.sqlite', copy);
    const version = packageVersion(runtime.packageRoot);
    const file = toStdout
      ? join(work, 'archive.tar.gz')
      : targetFile(absolute(words[0] ?? '.', runtime), archiveName(now, passphrase !== undefined));
    const bytes = await writeArchive(file, {
      sources,
      manifest: { version, createdAt: now.toISOString() },
      passphrase,
    }).catch((error: unknown) => {
      throw archiveFault(file, error);
    });
    const at = now.toISOString();
    await noteBackup(project, { at, file: toStdout ? STDOUT : file, bytes }, runtime);
    if (toStdout) {
      await pipeline(createReadStream(file), runtime.stdout, { end: false });
      return { data: {}, lines: [] };
    }
    return {
      data: { state: 'backed up', file, bytes, encrypted: passphrase !== undefined },
      lines: [
        `Backed up to ${file} (${formatBytes(bytes)}).`,
        passphrase === undefined
          ? 'It holds the root CA and keys: keep it where only you can read it.'
          : 'It is encrypted: without its passphrase nobody can restore it.',
      ],
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};
