import { setTimeout as wait } from 'node:timers/promises';
import type { Secrets } from '../../../contract/secret-frame.ts';
import { askCondition, type BackendCondition } from '../../backend/probe.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { CliError } from '../../errors/cli-error.ts';
import type { CommandContext, Flags, Handler } from '../../handler.ts';
import type { Host } from '../../deployment/host.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { findEnded, removeLocalState } from '../../deployment/process/local-state.ts';
import type { Credential } from '../../settings/credential.ts';
import type { Report } from '../../output/output.ts';
import { generatePassphrase } from '../../settings/generate-passphrase.ts';
import { readStartSettings, type StartSettings } from '../../settings/start-settings.ts';
import { alreadyThere, changeText } from './already-there.ts';
import { attend } from './attend.ts';
import { checkStart, type CheckedStart } from './check-start.ts';
import { findCredential, usesOwnDatabase } from './first-admin.ts';
import { hasAdmin } from './has-admin.ts';
import { launch, passOn, handoverOf, unsealByPerson, type Handover } from './launch.ts';
import { reasonForLocal } from './reason-for-local.ts';
import { openResumed } from './resume.ts';
import { credentialLines, startedReport } from './start.report.ts';

const POLL_MS = 200;

const bringUp = async (
  host: Host,
  handover: Handover,
  settings: StartSettings,
  context: CommandContext,
): Promise<{ readonly handover: Handover; readonly condition: BackendCondition | undefined }> => {
  const { output, signal } = context;
  await host.checkPort();
  await host.prepare();
  output.step('Starting the dashboard …');
  const now = await launch(host, handover, settings, context);
  const condition = host.foreign ? undefined : await askCondition(host.origin, signal);
  // A backend that waits for its database is alive and not ready; its log says what it waits for.
  const waiting = !host.foreign && condition === undefined ? 1 : 0;
  await passOn(host, condition?.warnings ?? waiting, output);
  if (condition?.sealed !== true) {
    return { handover: now, condition };
  }
  try {
    const opened = await unsealByPerson(host, now, context);
    return { handover: now, condition: { ...condition, sealed: !opened } };
  } catch (error) {
    await host.withdraw();
    throw error;
  }
};

/** `dashboard start`: from arguments to a dashboard that responds. */
export const start: Handler = async (flags, _words, context) => {
  const { runtime, output } = context;
  const settings = await readStartSettings(flags, runtime);
  try {
    return await startChecked(await checkStart(settings, context), flags, context);
  } catch (error) {
    const reason = runtime.checkout ? reasonForLocal(error, settings) : undefined;
    if (reason === undefined) {
      throw error;
    }
    output.step(`${reason}: running as a plain process (--local).`);
    const local = await readStartSettings({ ...flags, local: true }, runtime);
    return startChecked(await checkStart(local, context), { ...flags, local: true }, context);
  }
};

const codeOf = (error: unknown): string => (error instanceof CliError ? error.code : '');

/** Waits for the dashboard that another command is starting; undefined when it did not get there. */
const waitForOther = async (
  host: Host,
  { timeoutSeconds }: StartSettings,
  { runtime, output, signal }: CommandContext,
): Promise<Deployment | undefined> => {
  output.step('Another command is starting this dashboard; waiting for it …');
  const until = runtime.now().getTime() + timeoutSeconds * 1000;
  while (runtime.now().getTime() < until) {
    const found = await host.existing();
    if (found !== undefined) {
      return found;
    }
    await wait(POLL_MS, undefined, { signal });
  }
  return undefined;
};

/**
 * Returns the dashboard that another command has started since this one looked; undefined where none has.
 *
 * @param error why this command did not start one
 */
const startedByOther = async (
  error: unknown,
  host: Host,
  settings: StartSettings,
  context: CommandContext,
): Promise<Deployment | undefined> => {
  switch (codeOf(error)) {
    case 'being_started':
      return waitForOther(host, settings, context);
    case 'port_taken':
      return host.existing();
    default:
      return undefined;
  }
};

const refuseToGenerate = ({ generatePassphrase: file }: StartSettings): void => {
  if (file !== undefined) {
    throw CLI_ERRORS.usage({
      what: 'The dashboard already runs; `dashboard passphrase change` encrypts its root key.',
      command: 'start',
    });
  }
};

/**
 * Starts what was checked.
 *
 * @throws CliError for everything that keeps a dashboard from responding; then nothing of it is left
 */
export const startChecked = async (
  asked: CheckedStart,
  flags: Flags,
  context: CommandContext,
): Promise<Report> => {
  const { host, checked, changes } = await openResumed(asked, flags, context);
  const { surroundings, passphrase, given } = checked;
  const { settings, folder } = surroundings;
  const existing = await host.existing();
  if (existing !== undefined) {
    refuseToGenerate(settings);
    return alreadyThere(existing, flags, { surroundings, starting: false }, context);
  }
  if (changes !== undefined) {
    context.output.step('The dashboard ended without being stopped: starting it again with its settings.');
    for (const change of changes) {
      context.output.step(`Changing ${changeText(change)}.`);
    }
  }
  const firstStart = !folder.hasDatabase && usesOwnDatabase(settings);
  const credential = await findCredential(settings, firstStart, context);
  const made = await generatePassphrase(settings, passphrase, context.runtime);
  const used = made?.passphrase ?? passphrase;
  const others: Secrets = {
    environment: {},
    ...(changes === undefined ? {} : { keepEnvironment: true }),
    ...given.secrets,
    ...(used === undefined ? {} : { passphrase: used }),
  };
  try {
    const { handover, condition } = await bringUp(host, handoverOf(credential, others), settings, context);
    if (
      host.kind === 'container' &&
      (await findEnded(settings.folder, context.runtime.platform)) !== undefined
    ) {
      await removeLocalState(settings.folder);
    }
    const report = startedReport({ host, surroundings, credential: handover.credential, condition, made });
    return settings.foreground ? { ...report, afterwards: () => attend(host, context) } : report;
  } catch (error) {
    // Nothing is encrypted with it before the project is frozen.
    await made?.discard();
    const other = await startedByOther(error, host, settings, context);
    if (other !== undefined) {
      return alreadyThere(other, flags, { surroundings, starting: true }, context);
    }
    if (codeOf(error) !== 'folder_in_use') {
      await showLostCredential(credential, settings, context);
    }
    throw error;
  }
};

/** The project admin may have been made with a password that nobody has seen yet. */
const showLostCredential = async (
  credential: Credential | undefined,
  settings: StartSettings,
  { output, runtime }: CommandContext,
): Promise<void> => {
  if (credential?.generated !== true) {
    return;
  }
  if ((await hasAdmin(settings.folder, runtime)) !== true) {
    return;
  }
  for (const line of credentialLines(credential)) {
    output.step(line);
  }
};
