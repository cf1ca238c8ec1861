import { ENVIRONMENT } from '../../../contract/environment.ts';
import type { Secrets } from '../../../contract/secret-frame.ts';
import { askCondition } from '../../backend/probe.ts';
import { askDeployment } from '../../deployment/ask-deployment.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import type { Host } from '../../deployment/host.ts';
import type { Predecessor } from '../../deployment/predecessor.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CliError } from '../../errors/cli-error.ts';
import { toCliError, withOutcome } from '../../errors/to-cli-error.ts';
import { keepDatabase, type KeptDatabase } from '../../folder/kept-database.ts';
import { mayCopy } from '../../folder/project-copy.ts';
import type { CommandContext, Flags } from '../../handler.ts';
import { isNewer } from '../../newer-version.ts';
import type { Report } from '../../output/output.ts';
import type { Runtime } from '../../runtime.ts';
import { readStartSettings } from '../../settings/start-settings.ts';
import { attend } from '../start/attend.ts';
import { checkStart, type CheckedStart } from '../start/check-start.ts';
import { findCredential, usesOwnDatabase } from '../start/first-admin.ts';
import { launch, passOn, SEALED, handoverOf, unsealByPerson, type Handover } from '../start/launch.ts';
import { openHost, type Surroundings } from '../start/open-host.ts';
import { startedReport } from '../start/start.report.ts';
import { tryOut } from './try-out.ts';

/** Our backend's address of another database, as others may see it, stands in its environment without the password. */
const refuseWithoutPassword = (
  { foreign, environment }: Deployment,
  given: ReadonlyMap<string, string>,
): void => {
  if (foreign) {
    return;
  }
  const address = environment[ENVIRONMENT.databaseUrl];
  if (address === undefined || given.has(ENVIRONMENT.databaseUrl)) {
    return;
  }
  throw CLI_ERRORS.inputMissing({
    what: `The dashboard uses the database ${address}, and its password is kept nowhere; nothing was stopped.`,
    advice: `Say the address again: dashboard restart --env ${ENVIRONMENT.databaseUrl}=…`,
  });
};

/** The outcome for the old dashboard when nothing was done to it. */
const unchanged = async (deployment: Deployment, runtime: Runtime): Promise<string> =>
  (await askDeployment(deployment, { ...runtime, signal: new AbortController().signal })) === undefined
    ? 'Nothing was changed; the dashboard did not respond before either.'
    : 'The dashboard keeps running as it was.';

/** Starts the old dashboard again, and says how that went. */
const bringBack = async (
  predecessor: Predecessor,
  deployment: Deployment,
  secrets: Secrets,
  { runtime }: CommandContext,
): Promise<string> => {
  const uninterrupted = { ...runtime, signal: new AbortController().signal };
  try {
    await predecessor.comeBack(secrets);
    const { condition } = (await askDeployment(deployment, uninterrupted)) ?? {};
    return condition?.sealed === true
      ? 'The previous dashboard is running again, sealed until `dashboard unseal`.'
      : 'The previous dashboard is running again.';
  } catch (error) {
    const { message } = await toCliError(error, uninterrupted.signal);
    return `The previous dashboard could not be started again: ${message}`;
  }
};

/** The old dashboard finds its own environment in its folder, and a wrong passphrase would keep it from starting. */
const secretsOfOld = ({ secrets }: Handover, { code }: CliError): Secrets => {
  const { passphrase, databaseUrl, secretKey } = secrets;
  return {
    ...(passphrase === undefined || code === 'passphrase_wrong' ? {} : { passphrase }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(secretKey === undefined ? {} : { secretKey }),
  };
};

/** Launches the successor in the place of the old dashboard, which comes back when that fails. */
const changeOver = async (
  host: Host,
  deployment: Deployment,
  handover: Handover,
  surroundings: Surroundings,
  context: CommandContext,
): Promise<Handover> => {
  const { output, runtime, signal } = context;
  const { folder, settings } = surroundings;
  const predecessor = deployment.predecessor(settings, output);
  let kept: KeptDatabase | undefined;
  let started: Handover;
  try {
    output.step('Stopping the dashboard …');
    await predecessor.stepAside();
    // A newer version changes the database when it opens it, and an older one could not read it any more.
    if (usesOwnDatabase(settings) && (await mayCopy(folder.path))) {
      kept = await keepDatabase(folder, runtime);
    }
    output.step('Starting the dashboard …');
    started = await launch(host, handover, settings, context);
  } catch (error) {
    const cliError = await toCliError(error, signal);
    await kept?.putBack();
    throw withOutcome(
      cliError,
      await bringBack(predecessor, deployment, secretsOfOld(handover, cliError), context),
    );
  }
  await kept?.remove();
  await predecessor.dismiss();
  return started;
};

/** Warns of a successor that is older than what runs: it may not be able to read the database. */
const warnOfOlder = (running: string | undefined, { version }: Host, { output }: CommandContext): void => {
  if (running !== undefined && version !== undefined && isNewer(running, version)) {
    output.warn(`version ${running} is running and will be replaced with the older version ${version}.`);
  }
};

/** Makes sure that the successor will work, as far as that can be found out beside the running dashboard. */
const prepare = async (
  deployment: Deployment,
  checked: CheckedStart,
  context: CommandContext,
): Promise<{ readonly host: Host; readonly handover: Handover; readonly tried: boolean }> => {
  const { surroundings, passphrase, given } = checked;
  const { settings } = surroundings;
  const host = await openHost(surroundings, context);
  if (deployment.port !== settings.port) {
    await host.checkPort();
  }
  await host.prepare();
  const credential = await findCredential(settings, false, context);
  const { secrets } = handoverOf(credential, {
    environment: {},
    keepEnvironment: true,
    ...given.secrets,
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  const responding = await askDeployment(deployment, context.runtime);
  warnOfOlder(responding?.condition?.version, host, context);
  // One that does not respond may be open.
  const open = responding?.condition?.sealed !== true;
  const { tried, secrets: working } = await tryOut(host, surroundings, secrets, open, context);
  return { host, tried, handover: { secrets: working, credential } };
};

/**
 * Replaces a running dashboard by one with other settings or another image.
 *
 * @throws CliError that says whether the old dashboard keeps running or is running again
 */
export const replaceDeployment = async (
  deployment: Deployment,
  flags: Flags,
  context: CommandContext,
): Promise<Report> => {
  const { runtime, output, signal } = context;
  const { folder } = deployment;
  deployment.checkReplace();
  // The settings file is that of the dashboard's folder, wherever this command was called.
  const place = folder === undefined ? {} : { folder };
  refuseWithoutPassword(deployment, (await readStartSettings(flags, runtime, place)).environment);
  const settings = await readStartSettings(flags, runtime, deployment.settings);
  const checkAll = async () => {
    const checked = await checkStart(settings, context);
    return { checked, ...(await prepare(deployment, checked, context)) };
  };
  const { checked, host, handover, tried } = await checkAll().catch(async (error: unknown) => {
    throw withOutcome(await toCliError(error, signal), await unchanged(deployment, runtime));
  });
  const { credential } = await changeOver(host, deployment, handover, checked.surroundings, context);
  const condition = host.foreign ? undefined : await askCondition(host.origin, signal);
  await passOn(host, condition?.warnings ?? 0, output);
  const opened = condition?.sealed === true && !tried && (await unsealByPerson(host, handover, context));
  if (condition?.sealed === true && tried) {
    output.warn(SEALED);
  }
  const now = condition === undefined ? undefined : { ...condition, sealed: condition.sealed && !opened };
  const { surroundings } = checked;
  const report = startedReport({ host, surroundings, credential, condition: now });
  return settings.foreground ? { ...report, afterwards: () => attend(host, context) } : report;
};
