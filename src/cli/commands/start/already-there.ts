import type { CommandContext, Flags } from '../../handler.ts';
import type { Host, SettingChange } from '../../deployment/host.ts';
import { hiddenChanges } from '../../deployment/kept-environment.ts';
import type { RespondingBackend } from '../../deployment/ask-deployment.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { waitForResponse } from '../../deployment/wait-for-response.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Report } from '../../output/output.ts';
import { packageVersion } from '../../package-version.ts';
import { divideEnvironment } from '../../settings/backend-environment.ts';
import { readStartSettings } from '../../settings/start-settings.ts';
import { replaceDeployment } from '../restart/replace-deployment.ts';
import { openHost, type Surroundings } from './open-host.ts';
import { alreadyRunningReport } from './start.report.ts';

/** A dashboard that runs already, beside what was asked for. */
export interface Comparison {
  readonly host: Host;
  readonly surroundings: Surroundings;
  readonly deployment: Deployment;
  readonly responding: RespondingBackend | undefined;
  /** Changes that the options would make; an option left out keeps the present value. */
  readonly changes: readonly SettingChange[];
}

const schemeChange = (
  responding: RespondingBackend | undefined,
  { web }: Surroundings,
): readonly SettingChange[] => {
  if (responding === undefined) {
    return [];
  }
  const from = new URL(responding.origin).protocol.replace(':', '');
  return from === web.scheme ? [] : [{ setting: 'mode', from, to: web.scheme }];
};

/** Compares a dashboard that is there with the options of a start. */
export const compare = async (
  found: Deployment,
  flags: Flags,
  options: { readonly surroundings: Surroundings; readonly starting: boolean },
  context: CommandContext,
): Promise<Comparison> => {
  const { runtime } = context;
  const settings = await readStartSettings(flags, runtime, found.settings);
  const { plain, secrets } = divideEnvironment(settings.environment);
  const surroundings = { ...options.surroundings, settings, environment: plain };
  const host = await openHost(surroundings, context);
  const { timeoutSeconds } = settings;
  const { starting } = options;
  const { deployment, responding } = await waitForResponse(found, { timeoutSeconds, starting }, runtime);
  const changes = [
    ...(await host.changes()),
    ...schemeChange(responding, surroundings),
    ...(await hiddenChanges(settings.folder, secrets.environment ?? {})),
  ];
  return { host, surroundings, deployment, responding, changes };
};

/** Writes `port 8443 → 9000`. */
export const changeText = ({ setting, from, to }: SettingChange): string =>
  `${setting} ${from ?? 'unset'} → ${to ?? 'unset'}`;

/** A container's build is one of the compared settings. */
const nameOtherVersion = (
  { kind }: Deployment,
  running: string | undefined,
  { runtime, output }: CommandContext,
): void => {
  const installed = packageVersion(runtime.packageRoot);
  if (kind === 'process' && running !== undefined && running !== installed) {
    output.warn(
      `version ${running} runs, and this command is of version ${installed}; \`dashboard upgrade\` changes it.`,
    );
  }
};

/**
 * Ends a start that found its dashboard running.
 *
 * @throws CliError `not_answering`, `other_settings` unless `--apply` makes it so
 */
export const alreadyThere = async (
  found: Deployment,
  flags: Flags,
  options: { readonly surroundings: Surroundings; readonly starting: boolean },
  context: CommandContext,
): Promise<Report> => {
  const comparison = await compare(found, flags, options, context);
  const { host, surroundings, deployment, responding, changes } = comparison;
  const apply = flags['apply'] === true;
  if (apply && (changes.length > 0 || responding === undefined)) {
    for (const change of changes) {
      context.output.step(`Changing ${changeText(change)}.`);
    }
    return replaceDeployment(deployment, flags, context);
  }
  if (responding === undefined) {
    throw deployment.silence();
  }
  if (changes.length > 0) {
    throw CLI_ERRORS.otherSettings({ changes: changes.map(changeText).join('; ') });
  }
  nameOtherVersion(deployment, responding.condition?.version, context);
  return alreadyRunningReport(host, surroundings, deployment.port, responding.condition);
};
