import { maintain } from '../../backend/maintain.ts';
import { FAULTS } from '../../errors/faults.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import { findProjectDatabase } from '../../folder/project-database.ts';
import type { Handler } from '../../handler.ts';
import { generatePassword } from '../../settings/make-password.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

/** `dashboard admin reset`: for who may write the project's folder (or knows its DATABASE_URL), running or not. */
export const resetAdmin: Handler = async (flags, words, { runtime }) => {
  const { folder } = readTargetSettings(flags, runtime);
  const project = await inspectFolder(folder, runtime.uid);
  const database = await findProjectDatabase(folder, project.hasDatabase, runtime);
  if (database.engine === 'sqlite' && !project.hasDatabase) {
    throw FAULTS.fileUnusable({
      path: database.file,
      reason: 'there is no database',
      advice: 'Name the folder of a project with --folder.',
    });
  }
  const password = generatePassword(runtime.randomInt);
  const [named] = words;
  const { text: email } = await maintain(
    {
      task: 'reset-admin',
      webRoot: folder,
      password,
      ...(named === undefined ? {} : { email: named }),
      ...(database.engine === 'sqlite' ? {} : { databaseUrl: database.url }),
    },
    runtime,
    project.owner,
  );
  return {
    data: { state: 'reset', credential: { email, password } },
    lines: [
      `Project admin: ${email}`,
      `Password:      ${password}`,
      'It is not shown again, and must be changed at the next log-in. Open sessions of this admin have ended.',
    ],
  };
};
