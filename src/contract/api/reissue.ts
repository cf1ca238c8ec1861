import { z } from 'zod';
import { KEY_ORIGINS } from '../revocation.ts';
import { ROLES } from '../roles.ts';
import { Difference } from './difference.ts';
import { OutdatedKit } from './outdated-kits.ts';
import { ProjectPatch } from './project.ts';

/** Changes of a re-issue: the servers' names and properties of a frozen project, and roles of users. */
export const ReissueChange = z.strictObject({
  ...ProjectPatch.pick({
    server1: true,
    server2: true,
    overseer: true,
    ha_mode: true,
    project_props: true,
    server_props: true,
  }).shape,
  roles: z
    .array(z.strictObject({ user: z.number().int().min(1), role: z.enum(ROLES) }))
    .max(1000)
    .optional(),
});
export type ReissueChange = z.infer<typeof ReissueChange>;

/** POST /reissue: the change, and the version of the plan that was looked at. */
export const ReissueRequest = ReissueChange.extend({ version: z.string().regex(/^[0-9a-f]{64}$/) });
export type ReissueRequest = z.infer<typeof ReissueRequest>;

export const REISSUE_EFFECTS = ['kit', 'certificate', 'added', 'removed'] as const;

/** A participant whose kit changes. */
const ReissuedKit = z.object({
  kind: z.enum(['server', 'overseer', 'client', 'user']),
  /** Of the site or user; 1 or 2 for a server; absent for the overseer. */
  id: z.number().int().optional(),
  name: z.string(),
  organization: z.string(),
  /**
   * `certificate`: the certificate changes, and with it the kit; `kit`: only files beside it do; `added` and
   * `removed`: a server that the project did not have, or will not have any more.
   */
  effect: z.enum(REISSUE_EFFECTS),
  /** Changes in the certificate. */
  certificate: z.array(Difference),
  /** Files of the kit that change, besides certificate, key and signatures. */
  files: z.array(z.string()),
  /** Serial numbers of the certificates in force that are affected; empty where no kit was fetched yet. */
  serials: z.array(z.string()),
  key_origin: z.enum(KEY_ORIGINS).optional(),
});
export type ReissuedKit = z.infer<typeof ReissuedKit>;

export const ReissuePlan = z.object({
  /** SHA-256 of the plan: a re-issue is done only if it would still do exactly this. */
  version: z.string(),
  /** Settings and roles that change. */
  changes: z.array(Difference),
  kits: z.array(ReissuedKit),
  /** Kits that were fetched and stay as they are. */
  unchanged: z.number().int(),
});
export type ReissuePlan = z.infer<typeof ReissuePlan>;

/** POST /reissue/plan: also the first page of the kits that are not what they would be now, with this change or without. */
export const ReissuePlannedResponse = z.object({
  status: z.string(),
  plan: ReissuePlan,
  outdated: z.array(OutdatedKit),
});

/** POST /reissue */
export const ReissuePlanResponse = z.object({ status: z.string(), plan: ReissuePlan });
