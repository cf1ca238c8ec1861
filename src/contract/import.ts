import { z } from 'zod';
import { TARGET_RELEASES } from './releases.ts';

/** A project of `nvflare provision` to be taken into a new database. */
export const ImportRequest = z.object({
  task: z.literal('import-project'),
  webRoot: z.string(),
  /** Content of project.yml. */
  project: z.string(),
  /** The release to make kits for; undefined: the newest that fits. */
  release: z.enum(TARGET_RELEASES).optional(),
  /** PEM texts; without a root CA the project is not frozen yet. */
  root: z
    .object({
      certificate: z.string(),
      key: z.string(),
      /** Certificates of deployed kits that are kept beside it, by the name under which they are kept. */
      issued: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  /** Of the root key. */
  passphrase: z.string().optional(),
  /** Of the first project admin. */
  password: z.string(),
  /** Changes nothing. */
  dryRun: z.boolean(),
});
export type ImportRequest = z.infer<typeof ImportRequest>;

/** Objects that were, or would be, imported. */
export const ImportSummary = z.object({
  project: z.string(),
  release: z.enum(TARGET_RELEASES),
  servers: z.array(z.string()),
  sites: z.array(z.string()),
  users: z.array(z.string()),
  /** E-mail of the first project admin. */
  admin: z.string(),
  /** When the imported root CA expires, ISO 8601. */
  rootNotAfter: z.string().optional(),
  /** Number of certificates of deployed kits. */
  certificates: z.number().default(0),
  /** Line by line. */
  notTaken: z.array(z.string()),
});
export type ImportSummary = z.infer<typeof ImportSummary>;
