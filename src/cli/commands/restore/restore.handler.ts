import { chown, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { isEncryptedArchive, readArchive, type ProjectFile } from '../../../archive/project-archive.ts';
import { ProjectInspection } from '../../../contract/maintenance.ts';
import { maintain } from '../../backend/maintain.ts';
import { archiveFault } from '../../errors/archive-faults.ts';
import { CLI_ERRORS, LATER_VERSION_ADVICE } from '../../errors/cli-errors.ts';
import { inspectFolder, type ProjectFolder } from '../../folder/inspect-folder.ts';
import { findProjectDatabase } from '../../folder/project-database.ts';
import { setAside } from '../../folder/set-aside.ts';
import type { CommandContext, Flags, Handler } from '../../handler.ts';
import { refuseWhileServed } from '../../deployment/find-deployment.ts';
import type { Report } from '../../output/output.ts';
import { isAttended, type Runtime } from '../../runtime.ts';
import { archivePassphrase } from '../../settings/archive-passphrase.ts';
import { parseFlags } from '../../settings/parse-flags.ts';
import { readPassphraseFile } from '../../settings/passphrase.ts';
import { readTargetSettings, type TargetSettings } from '../../settings/start-settings.ts';

const RawDrill = z.object({ passphraseFile: z.string().min(1).optional() });

const agree = async (folder: string, settings: TargetSettings, context: CommandContext): Promise<boolean> => {
  if (settings.yes) {
    return true;
  }
  const { runtime } = context;
  if (!isAttended(runtime)) {
    throw CLI_ERRORS.inputMissing({
      what: `There is no terminal to ask whether the project in ${folder} may be set aside.`,
      advice: 'Add --yes.',
    });
  }
  const { askConfirmation } = await import('../../prompts/prompts.ts');
  return askConfirmation(runtime, `Set the project in ${folder} aside and put the archive in its place?`);
};

const moveIn = async (
  work: string,
  files: readonly ProjectFile[],
  project: ProjectFolder,
  { runtime }: CommandContext,
): Promise<void> => {
  // It belongs to the database that is set aside.
  if (files.includes('db.sqlite') && !files.includes('.audit-key')) {
    await setAside(join(project.path, '.audit-key'), runtime.now());
  }
  for (const name of files) {
    const target = join(project.path, name);
    await mkdir(dirname(target), { recursive: true });
    await setAside(target, runtime.now());
    await rename(join(work, name), target);
  }
};

const open = async (archive: string, into: string, flags: Flags, context: CommandContext) => {
  try {
    const passphrase = await archivePassphrase(flags, await isEncryptedArchive(archive), context);
    return await readArchive(archive, into, passphrase);
  } catch (error) {
    throw archiveFault(archive, error);
  }
};

/** Tries the root CA with the passphrase that was given. */
const inspect = async (
  database: string,
  flags: Flags,
  { owner }: ProjectFolder,
  runtime: Runtime,
): Promise<ProjectInspection> => {
  const { passphraseFile: file } = parseFlags(RawDrill, flags);
  const passphrase = file === undefined ? undefined : await readPassphraseFile(resolve(runtime.cwd, file));
  const { text } = await maintain({ task: 'inspect', database, passphrase }, runtime, owner);
  return ProjectInspection.parse(JSON.parse(text));
};

const ROOT_CA = {
  absent: 'The project is not frozen: it has no root CA.',
  open: 'Its root CA can issue certificates.',
  sealed: "Its root CA's key is encrypted; --passphrase-file FILE tries the passphrase.",
} as const;

const drillReport = ({ users, sites, certificates, rootCa }: ProjectInspection, report: Report): Report => ({
  data: { ...report.data, users, sites, certificates, rootCa },
  lines: [
    ...report.lines,
    `It holds ${users} users, ${sites} sites and ${certificates} certificates. ${ROOT_CA[rootCa]}`,
  ],
});

/** `dashboard restore`: checks the archive and its database before anything is replaced. */
export const restore: Handler = async (flags, words, context) => {
  const { runtime, output } = context;
  const settings = await readTargetSettings(flags, runtime);
  const archive = resolve(runtime.cwd, words[0] ?? '');
  const project = await inspectFolder(settings.folder, runtime.uid);
  const onlyCheck = flags['check'] === true;
  if (!onlyCheck) {
    await refuseWhileServed(settings, runtime);
  }
  const work = await mkdtemp(join(onlyCheck ? tmpdir() : settings.folder, '.restore-'));
  try {
    const { manifest, files } = await open(archive, work, flags, context);
    if (runtime.uid === 0) {
      const { uid, gid } = project.owner;
      for (const path of [work, ...files.map((name) => join(work, name))]) {
        await chown(path, uid, gid);
      }
    }
    output.step('Checking the database …');
    const checked = await maintain(
      { task: 'check', database: join(work, 'db.sqlite') },
      runtime,
      project.owner,
    );
    if (checked.text === 'later version') {
      const reason = 'a later version of the dashboard made it';
      throw CLI_ERRORS.fileUnusable({ path: archive, reason, advice: LATER_VERSION_ADVICE });
    }
    const { createdAt, version } = manifest;
    if (onlyCheck) {
      return drillReport(await inspect(join(work, 'db.sqlite'), flags, project, runtime), {
        data: { state: 'sound', file: archive, createdAt, version, files },
        lines: [`${archive} is a sound backup of ${createdAt} (dashboard ${version}): ${files.join(', ')}.`],
      });
    }
    const database = await findProjectDatabase(settings.folder, project.hasDatabase, runtime);
    if (project.hasDatabase && !(await agree(settings.folder, settings, context))) {
      return { data: { state: 'unchanged' }, lines: ['Nothing was changed.'] };
    }
    if (database.engine === 'postgres') {
      output.step('Copying the project into the database …');
      const { folder: webRoot } = settings;
      await maintain(
        {
          task: 'copy',
          webRoot,
          databaseUrl: database.url,
          to: 'postgres',
          file: join(work, 'db.sqlite'),
          takeOver: true,
        },
        runtime,
        project.owner,
      );
    }
    const kept = files.filter((name) => database.engine === 'sqlite' || name !== 'db.sqlite');
    await moveIn(work, kept, project, context);
    return {
      data: { state: 'restored', folder: settings.folder, createdAt, files },
      lines: [`Restored the project of ${createdAt} into ${settings.folder}.`],
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};
