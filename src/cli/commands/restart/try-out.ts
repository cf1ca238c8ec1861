import type { Secrets } from '../../../contract/secret-frame.ts';
import { askCondition } from '../../backend/probe.ts';
import type { Host } from '../../deployment/host.ts';
import { findFreePort } from '../../deployment/process/free-port.ts';
import { withPath } from '../../errors/cli-error.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { toCliError } from '../../errors/to-cli-error.ts';
import { copyProject, mayCopy } from '../../folder/project-copy.ts';
import type { CommandContext } from '../../handler.ts';
import { isAttended } from '../../runtime.ts';
import { usesOwnDatabase } from '../start/first-admin.ts';
import type { Surroundings } from '../start/open-host.ts';

const MAY_BE_SEALED =
  'no passphrase was given: if the root key is encrypted, the dashboard runs sealed after the restart.';

/** Facts that a restart finds before it stops anything. */
export interface TriedOut {
  /** With which the successor works. */
  readonly secrets: Secrets;
  /** It was tried, and nobody need be asked for the passphrase any more. */
  readonly tried: boolean;
}

/** Starts the successor on the copy and ends it again. @returns whether it runs sealed */
const rehearse = async (trial: Host, secrets: Secrets, { signal }: CommandContext): Promise<boolean> => {
  await trial.launch(secrets);
  try {
    const condition = trial.foreign ? undefined : await askCondition(trial.origin, signal);
    return condition?.sealed === true;
  } finally {
    await trial.withdraw();
  }
};

/** Decides what happens to a successor that would run sealed. @throws CliError `would_seal` */
const openSealed = async (
  trial: Host,
  secrets: Secrets,
  options: { readonly open: boolean; readonly agreed: boolean },
  context: CommandContext,
): Promise<Secrets> => {
  if (options.agreed) {
    return secrets;
  }
  if (!isAttended(context.runtime)) {
    if (options.open) {
      throw CLI_ERRORS.wouldSeal({});
    }
    return secrets;
  }
  const { askHidden } = await import('../../prompts/prompts.ts');
  const passphrase = await askHidden(
    context.runtime,
    'Passphrase of the root key (Enter alone restarts it sealed):',
  );
  if (passphrase === '') {
    return secrets;
  }
  const opened = { ...secrets, passphrase };
  await rehearse(trial, opened, context);
  return opened;
};

/**
 * Runs the successor on a copy of the project while the present dashboard keeps running. Where there can be no copy
 * (another database, an engine elsewhere, somebody else's folder) nothing is tried.
 *
 * @param open the present dashboard runs unsealed
 * @throws CliError, EngineError for everything that would keep the successor from working
 */
export const tryOut = async (
  host: Host,
  surroundings: Surroundings,
  secrets: Secrets,
  open: boolean,
  context: CommandContext,
): Promise<TriedOut> => {
  const { runtime, output } = context;
  const { folder, settings } = surroundings;
  const port = await findFreePort();
  const possible =
    folder.hasDatabase && usesOwnDatabase(settings) && host.trialOn(folder.path, port) !== undefined;
  if (!possible || !(await mayCopy(folder.path))) {
    if (open && secrets.passphrase === undefined) {
      output.warn(MAY_BE_SEALED);
    }
    return { secrets, tried: false };
  }
  output.step('Trying the new dashboard on a copy of the project …');
  const copy = await copyProject(folder, runtime);
  try {
    const trial = host.trialOn(copy.path, port);
    if (trial === undefined) {
      return { secrets, tried: false };
    }
    const sealed = await rehearse(trial, secrets, context);
    const agreed = settings.yes;
    return {
      secrets: sealed ? await openSealed(trial, secrets, { open, agreed }, context) : secrets,
      tried: true,
    };
  } catch (error) {
    throw withPath(await toCliError(error, context.signal), copy.path, folder.path);
  } finally {
    await copy.remove();
  }
};
