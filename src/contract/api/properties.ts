import { z } from 'zod';
import { PropsObject } from './response.ts';

/** GET /properties: what the project folder's properties file adds to every kit. */
export const PropertiesResponse = z.object({
  status: z.string(),
  /** File name in the project folder; empty when there is none. */
  source: z.string(),
  properties: z.object({
    project: PropsObject.optional(),
    server: PropsObject.optional(),
    client: PropsObject.optional(),
    admin: PropsObject.optional(),
  }),
  /** Errors in the file; kits are refused until it is corrected. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
  /** Keys that no startup kit uses, such as misspelled ones. */
  warnings: z.array(z.object({ path: z.string(), message: z.string() })),
});

/** Results of checks; `property` is about the properties file, whose messages name its own keys. */
export const CHECK_CODES = [
  'host_known',
  'host_unknown',
  'key_in_clear',
  'certificates_expire_early',
  'root_expires_early',
  'own_key_name',
  'no_effect',
  'preview',
  'missing',
  'invalid',
  'property',
] as const;

/** POST /project/checks: what to review before the project is frozen. */
export const ProjectChecksResponse = z.object({
  status: z.string(),
  /** True when the project can be frozen as it is. */
  ready: z.boolean(),
  checks: z.array(
    z.object({
      /** Name of the checked setting, such as `server1`. */
      name: z.string(),
      /** `warning` does not stop the freeze. */
      outcome: z.enum(['ok', 'warning', 'error']),
      code: z.enum(CHECK_CODES),
      /** The host name, date or release that the code is about; else empty. */
      value: z.string(),
      message: z.string(),
    }),
  ),
});
export type ProjectChecksResponse = z.infer<typeof ProjectChecksResponse>;
