import { z } from 'zod';
import { FreeText } from '../free-text.ts';
import { REVOCATION_REASONS } from '../revocation.ts';
import { ClientView } from './client.ts';
import { ListQuery, RefusedField, SeenChange, SeenVersion } from './response.ts';
import { UserView } from './user.ts';

const Id = z.number().int().min(1);

/** An account or a site, with the version that was seen: a changed one is left as it is. */
const Decided = z.union([Id, z.object({ id: Id, version: SeenVersion.optional() })]);
type Decided = z.infer<typeof Decided>;

const isBlind = (one: Decided): boolean => typeof one === 'number' || one.version === undefined;

/** Bulk decision over users and sites, one call (POST /approvals); what is approved is what was seen. */
export const ApprovalsRequest = z
  .object({
    decision: z.enum(['approve', 'deny', 'pending', 'delete']),
    reason: FreeText.optional(),
    /** With `deny` and `delete`: also revokes what they could still use, for this reason. */
    revoke: z.enum(REVOCATION_REASONS).optional(),
    /** With `approve`: who objects to requests to join their organization (e-mails) and is overruled. */
    override_objections: z.array(z.string().max(254)).max(1000).optional(),
    users: z.array(Decided).max(1000).optional(),
    clients: z.array(Decided).max(1000).optional(),
  })
  .superRefine(({ decision, users = [], clients = [] }, context) => {
    if (decision !== 'approve') {
      return;
    }
    for (const [list, named] of Object.entries({ users, clients })) {
      for (const [index, one] of named.entries()) {
        if (isBlind(one)) {
          context.addIssue({
            code: 'custom',
            path: [list, index, 'version'],
            message: 'is missing: an approval says what it approves, by the version that was read',
            params: { code: 'missing' },
          });
        }
      }
    }
  });
export type ApprovalsRequest = z.infer<typeof ApprovalsRequest>;

/** One outcome per row; failed rows carry their error, the others are carried out. */
export const ApprovalOutcome = z.object({
  kind: z.enum(['user', 'client']),
  id: z.number().int(),
  name: z.string(),
  done: z.boolean(),
  code: z.string().optional(),
  message: z.string().optional(),
  /** As in an error response. */
  fields: z.array(RefusedField).optional(),
  /** With code `changed`: what differs from what was seen. */
  changes: z.array(SeenChange).optional(),
  /** Version after the decision; absent when it failed or deleted. */
  version: z.string().optional(),
});
export const ApprovalsResponse = z.object({ status: z.string(), results: z.array(ApprovalOutcome) });

/** Page of the inbox, of users and sites alike. */
export const InboxQuery = ListQuery.pick({ offset: true, limit: true });

/** Requests that await the project admin's decision (GET /inbox), oldest first. */
export const InboxResponse = z.object({
  status: z.string(),
  users: z.array(UserView),
  clients: z.array(ClientView),
  /** All that wait, before paging. */
  total_users: z.number().int(),
  total_clients: z.number().int(),
  /** Organizations of this page whose names look like those of others. */
  similar_organizations: z.array(z.object({ organization: z.string(), similar: z.array(z.string()) })),
});
