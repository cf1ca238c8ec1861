import { z } from 'zod';
import type { InvitationView } from '../../../contract/api/invitation.ts';
import { INVITED_ROLES } from '../../../contract/invitation-limits.ts';
import type { InvitationRow } from '../../store/schema.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';

const Emails = z.array(z.string());

/** E-mails of those who signed up with an invitation. */
export const acceptedBy = (row: Pick<InvitationRow, 'accepted_by'>): string[] =>
  Emails.parse(JSON.parse(row.accepted_by));

export const invitedRole = (text: string): InvitationView['role'] =>
  INVITED_ROLES.find((role) => role === text) ?? 'member';

export const invitationView = (row: InvitationRow, now: Date): InvitationView => ({
  id: row.id,
  email: row.email,
  organization: row.organization,
  role: invitedRole(row.role),
  invited_by: row.invited_by,
  created_at: toHttpDate(row.created_at),
  expires_at: toHttpDate(row.expires_at),
  expired: row.expires_at <= toTimestamp(now),
  uses_left: row.uses_left,
  accepted_by: acceptedBy(row),
});
