import { z } from 'zod';
import { OUTDATED_CAUSES } from '../outdated-kit.ts';
import { Difference } from './difference.ts';
import { wholeNumber } from './response.ts';

/** A kit that was handed out and is not what it would be now. */
export const OutdatedKit = z.object({
  kind: z.enum(['server', 'overseer', 'client', 'user']),
  /** Of the site or user; 1 or 2 for a server; absent for the overseer. */
  id: z.number().int().optional(),
  name: z.string(),
  organization: z.string(),
  /** Of the certificate in the kit. */
  serial: z.string(),
  /**
   * `certificate`: the next certificate has other values; `kit`: only files beside it differ; `blocked`: no kit can be
   * made now, for the reason in `message`.
   */
  effect: z.enum(['kit', 'certificate', 'blocked']),
  /** What has changed since; `dashboard` alone where only the dashboard itself was updated. */
  causes: z.array(z.enum(OUTDATED_CAUSES)),
  /** Changes in the certificate. */
  certificate: z.array(Difference),
  /** Files of the kit that differ, besides certificate, key and signatures. */
  files: z.array(z.string()),
  message: z.string().optional(),
});
export type OutdatedKit = z.infer<typeof OutdatedKit>;

/** GET /kits/outdated */
export const OutdatedKitsQuery = z.object({
  /** `next` of the page before. */
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
  limit: wholeNumber(1, 1000).optional(),
});

/** Kits in the order of the ledger; `next`, absent on the last page, is `after` of the next one. */
export const OutdatedKitsResponse = z.object({
  status: z.string(),
  kits: z.array(OutdatedKit),
  next: z.number().int().optional(),
});
export type OutdatedKitsResponse = z.infer<typeof OutdatedKitsResponse>;
