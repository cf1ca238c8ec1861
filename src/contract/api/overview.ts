import { z } from 'zod';
import { STAGES } from '../stages.ts';
import { AuditRow } from './audit.ts';
import { ListQuery } from './response.ts';

const Count = z.number().int();
const ByApproval = z.object({ pending: Count, approved: Count, denied: Count });

/** GET /overview: what the project admin has to see to. */
export const OverviewResponse = z.object({
  status: z.string(),
  users: ByApproval,
  sites: ByApproval,
  /** Approved sites whose startup kit nobody has downloaded. */
  sites_without_kit: Count,
  /**
   * Organizations that bring sites: created by a project admin, invited, signed up and waiting, with an approved site, and `ready` once the startup
   * kit of one of their sites was downloaded.
   */
  organizations: z.object({
    created: Count,
    invited: Count,
    signed_up: Count,
    approved: Count,
    ready: Count,
  }),
  /** Certificates in force that expire within 60 days. */
  expiring: Count,
  /** Expired certificates that no newer one supersedes. */
  expired: Count,
  /** Certificates in force by the month in which they expire, such as "2026-12". */
  expiry_months: z.array(z.object({ month: z.string(), count: Count })),
  /** Certificates issued so far, by kind. */
  issued: z.array(z.object({ kind: z.string(), count: Count })),
  /** The newest entries of the audit log. */
  events: z.array(AuditRow),
});
export type Overview = z.infer<typeof OverviewResponse>;

export const ProgressQuery = ListQuery.pick({ offset: true, limit: true, q: true }).extend({
  stage: z.enum(STAGES).optional(),
});

/** GET /organizations/progress: organizations that bring sites, by name. */
export const ProgressResponse = z.object({
  status: z.string(),
  organizations: z.array(
    z.object({
      name: z.string(),
      display_name: z.string(),
      stage: z.enum(STAGES),
      /** Sites that nobody denied. */
      sites: Count,
      /** Of these, the approved ones whose startup kit was downloaded. */
      sites_with_kit: Count,
    }),
  ),
  total: Count,
});
export type OrganizationProgress = z.infer<typeof ProgressResponse>['organizations'][number];
