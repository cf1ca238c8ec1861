import { z } from 'zod';
import { ClientView } from './client.ts';
import { ListQuery, RefusedField } from './response.ts';
import { UserView } from './user.ts';

/** Bulk decision over users and sites, one call (POST /approvals). */
export const ApprovalsRequest = z.object({
  decision: z.enum(['approve', 'deny', 'pending', 'delete']),
  reason: z.string().max(512).optional(),
  users: z.array(z.number().int().min(1)).max(1000).optional(),
  clients: z.array(z.number().int().min(1)).max(1000).optional(),
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
});
export const ApprovalsResponse = z.object({ status: z.string(), results: z.array(ApprovalOutcome) });

/** Page of the inbox, of users and sites alike. */
export const InboxQuery = ListQuery.pick({ offset: true, limit: true });

/** What awaits the project admin's decision (GET /inbox), oldest first. */
export const InboxResponse = z.object({
  status: z.string(),
  users: z.array(UserView),
  clients: z.array(ClientView),
  /** All that wait, before paging. */
  total_users: z.number().int(),
  total_clients: z.number().int(),
});
