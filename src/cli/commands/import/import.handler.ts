import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { ENVIRONMENT } from '../../../contract/environment.ts';
import { ImportSummary } from '../../../contract/import.ts';
import { TARGET_RELEASES } from '../../../contract/releases.ts';
import { maintain } from '../../backend/maintain.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import type { Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import { generatePassword } from '../../settings/make-password.ts';
import { readPassphraseFile } from '../../settings/passphrase.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { readState } from './read-state.ts';

const Flags = z.object({
  state: z.string().optional(),
  passphraseFile: z.string().optional(),
  targetRelease: z.enum(TARGET_RELEASES).optional(),
  dryRun: z.boolean().default(false),
});

/** @throws CliError `file_unusable` when it is not there, or not UTF-8 */
const readProject = async (path: string): Promise<string> => {
  const advice = 'Name the project.yml that `nvflare provision -p` was run with.';
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(cause), advice }, { cause });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw CLI_ERRORS.fileUnusable(
      { path, reason: 'it is not UTF-8', advice: 'Save it as UTF-8.' },
      { cause: error },
    );
  }
};

const notTakenLines = ({ notTaken }: ImportSummary): readonly string[] =>
  notTaken.length === 0 ? [] : ['Not taken:', ...notTaken.map((line) => `  ${line}`)];

const describe = ({
  project,
  release,
  servers,
  sites,
  users,
  rootNotAfter,
  certificates,
}: ImportSummary): readonly string[] => [
  `  Project: ${project}, kits for NVFLARE ${release}`,
  `  Servers: ${servers.join(', ')}`,
  `  Sites:   ${sites.length}`,
  `  People:  ${users.length}`,
  rootNotAfter === undefined
    ? '  Root CA: none (--state); kits that are deployed stay outside of this project'
    : `  Root CA: imported, valid to ${rootNotAfter.slice(0, 10)}; deployed kits stay valid`,
  ...(certificates === 0 ? [] : [`  Certificates of deployed kits: ${certificates}; they can be revoked`]),
];

const report = (summary: ImportSummary, dryRun: boolean, folder: string, password: string): Report => {
  const state = dryRun ? 'checked' : 'imported';
  const { admin } = summary;
  return {
    data: {
      state,
      folder,
      ...summary,
      ...(dryRun ? {} : { credential: { email: admin, password } }),
    },
    lines: [
      dryRun ? 'Nothing was changed. The import would take:' : `Imported into ${folder}.`,
      ...describe(summary),
      ...notTakenLines(summary),
      ...(dryRun
        ? []
        : [
            '',
            `Project admin: ${admin}`,
            `Password:      ${password}`,
            'It is not shown again, and must be changed at the first log-in. The others log in once you have set',
            'a password for them. Start the dashboard with `dashboard start`.',
          ]),
    ],
  };
};

/** `dashboard import`: a project of `nvflare provision` becomes a new project of the dashboard. */
export const importProject: Handler = async (flags, words, { runtime }) => {
  const { folder } = await readTargetSettings(flags, runtime);
  const { state, passphraseFile, targetRelease, dryRun } = Flags.parse(flags);
  const project = await readProject(resolve(runtime.cwd, words[0] ?? ''));
  const root = state === undefined ? undefined : await readState(resolve(runtime.cwd, state));
  const passphrase =
    passphraseFile === undefined
      ? runtime.environment[ENVIRONMENT.passphrase]
      : await readPassphraseFile(resolve(runtime.cwd, passphraseFile));
  const { owner } = await inspectFolder(folder, runtime.uid);
  const password = generatePassword(runtime.randomInt);
  const { text } = await maintain(
    {
      task: 'import-project',
      webRoot: folder,
      project,
      password,
      dryRun,
      ...(targetRelease === undefined ? {} : { release: targetRelease }),
      ...(root === undefined ? {} : { root: { ...root } }),
      ...(passphrase === undefined || passphrase === '' ? {} : { passphrase }),
    },
    runtime,
    owner,
  );
  return report(ImportSummary.parse(JSON.parse(text)), dryRun, folder, password);
};
