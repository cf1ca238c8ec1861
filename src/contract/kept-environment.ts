import { z } from 'zod';

/**
 * File in the project folder (mode 0600) with the variables of `--env` that may be secret: a restart by the engine,
 * which brings nothing on standard input, finds them there. Passphrase, session key and database password are never
 * in it.
 */
export const KEPT_ENVIRONMENT = '.environment.json';

export const KeptEnvironment = z.record(z.string(), z.string());
export type KeptEnvironment = Readonly<z.infer<typeof KeptEnvironment>>;
