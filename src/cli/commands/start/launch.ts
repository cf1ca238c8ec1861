import type { Secrets } from '../../../contract/secret-frame.ts';
import { wantsCredential } from '../../errors/backend-error.ts';
import type { CommandContext } from '../../handler.ts';
import type { Host } from '../../deployment/host.ts';
import { isAttended } from '../../runtime.ts';
import { credentialText } from '../../../contract/credential.ts';
import type { Credential } from '../../settings/credential.ts';
import type { StartSettings } from '../../settings/start-settings.ts';
import { findCredential } from './first-admin.ts';

export const SEALED =
  'the root key is encrypted and no passphrase was given: running sealed. Kits and freezing wait for `dashboard unseal`.';

/** Secrets for the backend, and those of them that a person has to be shown. */
export interface Handover {
  readonly secrets: Secrets;
  readonly credential: Credential | undefined;
}

export const handoverOf = (credential: Credential | undefined, others: Secrets): Handover => ({
  credential,
  secrets: { ...others, ...(credential === undefined ? {} : { credential: credentialText(credential) }) },
});

/** Launches, and asks for the admin where only the backend could know that there is none. */
export const launch = async (
  host: Host,
  handover: Handover,
  settings: StartSettings,
  context: CommandContext,
): Promise<Handover> => {
  try {
    await host.launch(handover.secrets);
    return handover;
  } catch (error) {
    if (!wantsCredential(error) || handover.credential !== undefined) {
      throw error;
    }
    const again = handoverOf(await findCredential(settings, true, context), handover.secrets);
    await host.launch(again.secrets);
    return again;
  }
};

/** Shows what the backend warned of, which only its log says. */
export const passOn = async (host: Host, count: number, output: CommandContext['output']): Promise<void> => {
  if (count === 0) {
    return;
  }
  const warnings = await host.warnings(count);
  for (const text of warnings) {
    output.warn(text);
  }
  if (warnings.length === 0) {
    output.warn(`the backend warned of something: ${host.hints.logs}`);
  }
};

/** Runs on with the passphrase that a person types, when there is one. */
export const unsealByPerson = async (
  host: Host,
  handover: Handover,
  context: CommandContext,
): Promise<boolean> => {
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
  await host.launch({ ...handover.secrets, passphrase });
  return true;
};
