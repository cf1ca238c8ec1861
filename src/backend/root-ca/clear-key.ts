import type { ServerLog } from '../context/context.ts';
import type { RootCaKeeper } from './root-ca-keeper.ts';

const ADVICE =
  'Encrypt it with `dashboard passphrase change`, keep the passphrase elsewhere, and encrypt or delete backups made before.';

/**
 * Logs that the root CA's key is stored without a passphrase: whoever reads the database or a backup can issue
 * certificates in the project's name.
 *
 * @returns how many lines
 */
export const warnOfClearKey = (rootCa: RootCaKeeper, log: ServerLog): number => {
  if (!rootCa.keyInClear()) {
    return 0;
  }
  log.warn(
    { code: 'root_key_in_clear', advice: ADVICE },
    "The root CA's key is stored without a passphrase: whoever reads the database or a backup can issue certificates.",
  );
  return 1;
};
