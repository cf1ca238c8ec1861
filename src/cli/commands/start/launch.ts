import type { Secrets } from '../../../contract/secret-frame.ts';
import { wantsCredential } from '../../errors/backend-faults.ts';
import type { CommandContext } from '../../handler.ts';
import type { Host } from '../../deployment/host.ts';
import { isAttended } from '../../runtime.ts';
import { credentialText } from '../../../contract/credential.ts';
import type { Credential } from '../../settings/credential.ts';
import type { StartSettings } from '../../settings/start-settings.ts';
import { findCredential } from './first-admin.ts';

export const SEALED =
  'the root key is encrypted and no passphrase was given: running sealed. Kits and freezing wait for `dashboard unseal`.';

/** What the backend is told, and what of it has to be shown to a person. */
export interface Told {
  readonly secrets: Secrets;
  readonly credential: Credential | undefined;
}

export const tell = (credential: Credential | undefined, others: Secrets): Told => ({
  credential,
  secrets: { ...others, ...(credential === undefined ? {} : { credential: credentialText(credential) }) },
});

/** Launches, and asks for the admin where only the backend could know that there is none. */
export const launch = async (
  host: Host,
  told: Told,
  settings: StartSettings,
  context: CommandContext,
): Promise<Told> => {
  try {
    await host.launch(told.secrets);
    return told;
  } catch (error) {
    if (!wantsCredential(error) || told.credential !== undefined) {
      throw error;
    }
    const again = tell(await findCredential(settings, true, context), told.secrets);
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
export const unsealByPerson = async (host: Host, told: Told, context: CommandContext): Promise<boolean> => {
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
