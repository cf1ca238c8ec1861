import { lstat, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { archiveName, PROJECT_FILES, writeArchive, type ProjectFile } from '../../archive/project-archive.ts';
import type { BackupSchedule, LastBackup } from '../../contract/backup-state.ts';
import type { BackupSettings, ServerConfig } from '../context/config.ts';
import { VERSION } from '../context/version.ts';
import type { Database } from '../store/database.ts';

/** Prefix of the folder inside the project that holds the copy of the database meanwhile. */
export const WORK_PREFIX = '.backup-';
const PRIVATE = 0o700;

/** Sources of a backup. */
export interface BackupSource {
  readonly config: Pick<ServerConfig, 'webRoot' | 'database'>;
  readonly db: Pick<Database, 'snapshot'>;
}

const copyDatabase = async ({ config, db }: BackupSource, file: string): Promise<void> => {
  if (config.database.engine === 'sqlite') {
    await db.snapshot?.(file);
    return;
  }
  const { copyProject } = await import('../start/copy-project.ts');
  const { webRoot, database } = config;
  await copyProject({
    task: 'copy',
    webRoot,
    databaseUrl: database.url,
    to: 'sqlite',
    file,
    takeOver: false,
  });
};

/**
 * Writes an archive of the project as it is now, also while it is being changed.
 *
 * @throws ArchiveError; what the database or the file system says; then nothing is left of it
 */
export const takeBackup = async (
  source: BackupSource,
  { folder, passphrase }: BackupSettings,
  now: Date,
): Promise<LastBackup> => {
  const { webRoot } = source.config;
  await mkdir(folder, { recursive: true, mode: PRIVATE });
  const work = await mkdtemp(join(webRoot, WORK_PREFIX));
  try {
    const copy = join(work, 'db.sqlite');
    await copyDatabase(source, copy);
    const sources = new Map<ProjectFile, string>(PROJECT_FILES.map((name) => [name, join(webRoot, name)]));
    sources.set('db.sqlite', copy);
    const file = join(folder, archiveName(now, passphrase !== undefined));
    const at = now.toISOString();
    const bytes = await writeArchive(file, {
      sources,
      manifest: { version: VERSION, createdAt: at },
      passphrase,
    });
    return { at, file, bytes };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/** Deletes the oldest of the archives beyond `keep`. @returns those that are left; what is gone already is left out */
export const prune = async (
  files: BackupSchedule['files'],
  keep: number,
): Promise<BackupSchedule['files']> => {
  const present: BackupSchedule['files'] = [];
  for (const entry of files) {
    const facts = await lstat(entry.file).catch(() => undefined);
    if (facts?.isFile() === true) {
      present.push(entry);
    }
  }
  for (const { file } of present.slice(0, -keep)) {
    await rm(file, { force: true });
  }
  return present.slice(-keep);
};
