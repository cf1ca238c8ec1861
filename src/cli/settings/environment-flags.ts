import { ENVIRONMENT } from '../../contract/environment.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';

export const PASSPHRASE_VISIBLE =
  'a passphrase on the command line can be seen by other users of this host; --passphrase-file keeps it to yourself.';

export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads repeated `--env`: `NAME=VALUE` is split at the first `=`, `NAME` alone takes the value it has on this
 * host. The last of equal names wins.
 *
 * @throws CliError `environment_invalid`
 */
export const readEnvironmentFlags = (
  flags: readonly string[],
  host: Readonly<Record<string, string | undefined>>,
): { readonly environment: ReadonlyMap<string, string>; readonly warnings: readonly string[] } => {
  const environment = new Map<string, string>();
  const warnings: string[] = [];
  for (const flag of flags) {
    const split = flag.indexOf('=');
    const name = split < 0 ? flag : flag.slice(0, split);
    if (!VARIABLE_NAME.test(name)) {
      throw CLI_ERRORS.environmentInvalid({ name });
    }
    const value = split < 0 ? host[name] : flag.slice(split + 1);
    if (value === undefined) {
      warnings.push(`--env ${name} passes nothing on: it is not set here.`);
    } else {
      environment.set(name, value);
    }
    if (split >= 0 && name === ENVIRONMENT.passphrase) {
      warnings.push(PASSPHRASE_VISIBLE);
    }
  }
  return { environment, warnings };
};
