import { z } from 'zod';
import { ClientView } from './client.ts';
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
});
export const ApprovalsResponse = z.object({ status: z.string(), results: z.array(ApprovalOutcome) });

/** Everything that awaits the project admin's decision (GET /inbox). */
export const InboxResponse = z.object({
  status: z.string(),
  users: z.array(UserView),
  clients: z.array(ClientView),
});
