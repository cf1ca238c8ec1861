import type { InvitationView } from '../../../contract/api/invitation.ts';
import { ApiError, type FieldCode } from '../../../contract/errors.ts';
import { isStillAdmin } from '../../auth/backing.ts';
import { INVITATION, isSameHash } from '../../auth/bearer-secret.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { invitationById, spendInvitation } from '../../store/invitations.ts';
import type { InvitationRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { acceptedBy, invitedRole } from './invitation-view.ts';

const invalid = (path: string, code: FieldCode, message: string): ApiError =>
  new ApiError('invalid', `The ${path} ${message}.`, { fields: [{ path, code, message }] });

const spent = (): ApiError =>
  invalid('invitation', 'invitation_invalid', 'is not valid any more; ask the project admin for a new one');

/**
 * Finds the invitation of a link.
 *
 * @throws ApiError `invalid` for one that does not exist, is used up, revoked or expired, or whose inviter
 *   has no rights of a project admin any more
 */
export const openInvitation = async (db: Reader | Trx, token: string, now: Date): Promise<InvitationRow> => {
  const sent = INVITATION.read(token);
  const row = sent === undefined ? undefined : await invitationById(db, sent.id);
  const isOpen =
    sent !== undefined &&
    row !== undefined &&
    isSameHash(row.secret_sha256, sent.hash) &&
    row.uses_left > 0 &&
    row.expires_at > toTimestamp(now);
  if (
    !isOpen ||
    !(await isStillAdmin(db, { id: row.inviter_id, name: row.invited_by, at: row.created_at }))
  ) {
    throw spent();
  }
  return row;
};

/** Returns what the sign-up page shows of an invitation. @throws ApiError `invalid` */
export const checkInvitation = async (
  context: ServiceContext,
  token: string,
): Promise<Pick<InvitationView, 'email' | 'organization' | 'role'>> => {
  const { email, organization, role } = await openInvitation(context.db.reader, token, context.now());
  return { email, organization, role: invitedRole(role) };
};

/**
 * Uses an invitation up for one person.
 *
 * @returns organization and role that the person gets
 * @throws ApiError `invalid` as {@link openInvitation}, and for an e-mail that was not invited
 */
export const acceptInvitation = async (
  trx: Trx,
  token: string,
  email: string,
  now: Date,
): Promise<Pick<InvitationView, 'id' | 'organization' | 'role'>> => {
  const row = await openInvitation(trx, token, now);
  if (row.email !== '' && row.email.toLowerCase() !== email.toLowerCase()) {
    throw invalid('email', 'not_invited', 'is not the one that was invited');
  }
  if (!(await spendInvitation(trx, row, [...acceptedBy(row), email]))) {
    throw spent();
  }
  return { id: row.id, organization: row.organization, role: invitedRole(row.role) };
};
