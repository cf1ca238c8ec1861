import { ENVIRONMENT, SECRET_FILES } from '../../../contract/environment.ts';
import type { Secrets } from '../../../contract/secret-frame.ts';
import { askCondition, type BackendCondition } from '../../backend/probe.ts';
import { wantsCredential } from '../../errors/backend-faults.ts';
import { FAULTS } from '../../errors/faults.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import type { Host } from '../../deployment/host.ts';
import { isAttended } from '../../runtime.ts';
import { credentialText, type Credential } from '../../settings/credential.ts';
import type { Report } from '../../output/output.ts';
import { readStartSettings, type StartSettings } from '../../settings/start-settings.ts';
import { checkStart, type CheckedStart } from './check-start.ts';
import { findCredential } from './first-admin.ts';
import { reasonForLocal } from './reason-for-local.ts';
import { openHost, type Surroundings } from './open-host.ts';
import { alreadyRunningReport, credentialLines, startedReport } from './start.report.ts';

const SEALED =
  'the root key is encrypted and no passphrase was given: running sealed. Kits and freezing wait for `dashboard unseal`.';

/** What the backend is told, and what of it has to be shown to a person. */
interface Told {
  readonly secrets: Secrets;
  readonly credential: Credential | undefined;
}

const tell = (credential: Credential | undefined, others: Secrets): Told => ({
  credential,
  secrets: { ...others, ...(credential === undefined ? {} : { credential: credentialText(credential) }) },
});

/** Launches, and asks for the admin where only the backend could know that there is none. */
const launch = async (
  host: Host,
  told: Told,
  settings: StartSettings,
  context: CommandContext,
): Promise<Told> => {
  try {
    await host.launch(told.secrets);
    return told;
  } catch (thrown) {
    if (!wantsCredential(thrown) || told.credential !== undefined) throw thrown;
    const again = tell(await findCredential(settings, true, context), told.secrets);
    await host.launch(again.secrets);
    return again;
  }
};

/** Shows what the backend warned of, which only its log says. */
const passOn = async (host: Host, count: number, output: CommandContext['output']): Promise<void> => {
  if (count === 0) return;
  const warnings = await host.warnings(count);
  for (const text of warnings) output.warn(text);
  if (warnings.length === 0) output.warn(`the backend warned of something: ${host.hints.logs}`);
};

/** Runs on with the passphrase that a person types, when there is one. */
const unsealByPerson = async (host: Host, told: Told, context: CommandContext): Promise<boolean> => {
  const { runtime, output } = context;
  if (!isAttended(runtime)) {
    output.warn(SEALED);
    return false;
  }
  const { askHidden } = await import('../../prompts/prompts.ts');
  const passphrase = await askHidden(runtime, 'Passphrase of the root key (Enter alone runs sealed):');
  if (passphrase === '') {
    output.warn(SEALED);
    return false;
  }
  await host.withdraw();
  await host.launch({ ...told.secrets, passphrase });
  return true;
};

const bringUp = async (
  host: Host,
  told: Told,
  surroundings: Surroundings,
  context: CommandContext,
  replaced: Replaced | undefined,
): Promise<{ readonly told: Told; readonly condition: BackendCondition | undefined }> => {
  const { output, signal } = context;
  if (replaced?.port !== surroundings.settings.port) await host.checkPort();
  await host.prepare();
  await replaced?.stop();
  output.step('Starting the dashboard …');
  const now = await launch(host, told, surroundings.settings, context);
  const condition = host.ours ? await askCondition(host.origin, signal) : undefined;
  await passOn(host, condition?.warnings ?? 0, output);
  if (condition?.sealed !== true) return { told: now, condition };
  try {
    const opened = await unsealByPerson(host, now, context);
    return { told: now, condition: { ...condition, sealed: !opened } };
  } catch (thrown) {
    await host.withdraw();
    throw thrown;
  }
};

/** `dashboard start`: from arguments to a dashboard that answers. */
export const start: Handler = async (flags, _words, context) => {
  const { runtime, output } = context;
  const settings = readStartSettings(flags, runtime);
  try {
    return await startChecked(await checkStart(settings, context), context);
  } catch (error) {
    const reason = runtime.checkout ? reasonForLocal(error, settings) : undefined;
    if (reason === undefined) throw error;
    output.step(`${reason}: running as a plain process (--local).`);
    const local = readStartSettings({ ...flags, local: true }, runtime);
    return startChecked(await checkStart(local, context), context);
  }
};

/** What runs and is to make room. */
export interface Replaced {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts what was checked.
 *
 * @param replaced is stopped last before the launch, when nothing is missing for it any more
 * @throws CliError for everything that keeps a dashboard from answering; then nothing of it is left
 */
export const startChecked = async (
  { surroundings, passphrase, given }: CheckedStart,
  context: CommandContext,
  replaced?: Replaced,
): Promise<Report> => {
  const { settings, folder } = surroundings;
  const host = await openHost(surroundings, context);
  const existing = replaced === undefined ? await host.existing() : undefined;
  if (existing !== undefined) {
    if (existing.differences.length > 0) {
      throw FAULTS.otherSettings({ differences: existing.differences.join('; ') });
    }
    return alreadyRunningReport(host, surroundings, existing.port);
  }
  const elsewhere = [ENVIRONMENT.databaseUrl, ...SECRET_FILES.databaseUrl].some((name) =>
    settings.environment.has(name),
  );
  const credential = await findCredential(settings, !folder.hasDatabase && !elsewhere, context);
  const others: Secrets = { ...given.secrets, ...(passphrase === undefined ? {} : { passphrase }) };
  try {
    const { told, condition } = await bringUp(
      host,
      tell(credential, others),
      surroundings,
      context,
      replaced,
    );
    const report = startedReport({ host, surroundings, credential: told.credential, condition });
    return settings.foreground ? { ...report, afterwards: () => attend(host, context) } : report;
  } catch (thrown) {
    await showLostCredential(credential, settings, context);
    throw thrown;
  }
};

/** Stays with the backend until it ends, and tells systemd that the service is ready. */
const attend = async (host: Host, { runtime, output }: CommandContext): Promise<number> => {
  const { notifyReady } = await import('../../deployment/process/notify-ready.ts');
  await notifyReady(runtime);
  const exitCode = await host.attend?.((line) => {
    output.line(line);
  });
  return exitCode ?? 0;
};

/** The database may have been made with a password that nobody has seen yet. */
const showLostCredential = async (
  credential: Credential | undefined,
  settings: StartSettings,
  { output, runtime }: CommandContext,
): Promise<void> => {
  if (credential?.generated !== true) return;
  const folder = await inspectFolder(settings.folder, runtime.uid).catch(() => undefined);
  if (folder?.hasDatabase !== true) return;
  for (const line of credentialLines(credential)) output.step(line);
};
