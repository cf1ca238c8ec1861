import { z } from 'zod';
import { ENVIRONMENT, SECRET_FILES } from '../../../contract/environment.ts';
import { maintain } from '../../backend/maintain.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import { findProjectDatabase } from '../../folder/project-database.ts';
import type { Handler } from '../../handler.ts';
import { givenSecret } from '../../settings/given-secret.ts';
import { generatePassword } from '../../settings/make-password.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

const RawReset = z.object({ secondFactor: z.boolean().optional() });

/** `dashboard admin reset`: for who may write the project's folder (or knows its DATABASE_URL), running or not. */
export const resetAdmin: Handler = async (flags, words, { runtime }) => {
  const { folder } = await readTargetSettings(flags, runtime);
  const project = await inspectFolder(folder, runtime.uid);
  const database = await findProjectDatabase(folder, project.hasDatabase, runtime);
  if (database.engine === 'sqlite' && !project.hasDatabase) {
    throw CLI_ERRORS.fileUnusable({
      path: database.file,
      reason: 'there is no database',
      advice: 'Name the folder of a project with --folder.',
    });
  }
  const [named] = words;
  const secretKey = await givenSecret(SECRET_FILES.secretKey, ENVIRONMENT.secretKey, runtime);
  const target = {
    webRoot: folder,
    ...(named === undefined ? {} : { email: named }),
    ...(secretKey === undefined ? {} : { secretKey }),
    ...(database.engine === 'sqlite' ? {} : { databaseUrl: database.url }),
  };
  if (RawReset.parse(flags).secondFactor === true) {
    const { text: email } = await maintain(
      { task: 'reset-second-factor', ...target },
      runtime,
      project.owner,
    );
    return {
      data: { state: 'second factor removed', email },
      lines: [
        `The second factor of ${email} has been removed. The password stays as it is; open sessions of this admin have ended.`,
      ],
    };
  }
  const password = generatePassword(runtime.randomInt);
  const { text: email } = await maintain(
    { task: 'reset-admin', password, ...target },
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
