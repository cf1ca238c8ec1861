import type { MailLanguage } from '../../../contract/languages.ts';
import type { InvitationsCreate, InvitationView, NewInvitation } from '../../../contract/api/invitation.ts';
import { storedLanguage } from '../../mail/mail-texts.ts';
import type { Trx } from '../../store/database.ts';
import { hasMail, queueMail } from '../outbox/queue-mail.ts';
import { queueWebhooks } from '../webhooks/queue-webhook.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { derivedSecret, INVITATION, newId } from '../../auth/bearer-secret.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import { change, type AuditWriter, type ServiceContext } from '../../context/context.ts';
import {
  countInvitations,
  deleteInvitation,
  insertInvitation,
  invitationById,
  listInvitations,
  updateInvitation,
} from '../../store/invitations.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { userByEmail, userById } from '../../store/users.ts';
import { refuseFields } from '../users/user-fields.ts';
import { invitationView } from './invitation-view.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_INVITATIONS = 5000;
const DEFAULT_LIMIT = 100;

const expiry = (now: Date, days: number): string => toTimestamp(new Date(now.getTime() + days * DAY_MS));

const checkFields = ({ emails = [], uses }: InvitationsCreate): void => {
  const lower = emails.map((email) => email.toLowerCase());
  refuseFields([
    ...(new Set(lower).size < lower.length
      ? [{ path: 'emails', code: 'duplicate' as const, message: 'names an e-mail twice' }]
      : []),
    ...(emails.length > 0 && uses !== undefined && uses !== 1
      ? [{ path: 'uses', message: 'is for a link without e-mails' }]
      : []),
  ]);
};

const isMailed = (context: ServiceContext, email: string): boolean => email !== '' && hasMail(context);

/** A new link, which the e-mail's writer can derive again: what waits in the outbox is worth nothing by itself. */
const generate = (context: ServiceContext, id: string, email: string) => {
  const nonce = newId();
  const { text, hash } = INVITATION.generate(id, derivedSecret(context.tokenKey, 'invitation', id, nonce));
  const mail = async (trx: Trx, language: MailLanguage): Promise<void> => {
    if (isMailed(context, email)) {
      await queueMail(context, trx, email, { event: 'invitation', invitation: id, nonce, language });
    }
  };
  return { text, hash, mail };
};

const languageOf = async (trx: Trx, { id }: Principal): Promise<MailLanguage> =>
  storedLanguage((await userById(trx, id))?.language ?? '');

/** Throws where more would be stored than a person can survey. */
export const requireRoomForInvitations = async (trx: Trx, added: number): Promise<void> => {
  if ((await countInvitations(trx)) + added > MAX_INVITATIONS) {
    throw new ApiError('conflicting', `There can be ${MAX_INVITATIONS} invitations; delete old ones first.`);
  }
};

/** The invited person, and the role and sites that the invitation grants. */
interface Invited {
  /** Empty for anybody who has the link. */
  readonly email: string;
  readonly organization: string;
  readonly role: InvitationView['role'];
  readonly uses: number;
  readonly days: number;
  /** Of the e-mail; undefined for that of the inviter. */
  readonly language: MailLanguage | undefined;
}

/** Stores one invitation in the open transaction and sends its e-mail. */
export const addInvitation = async (
  context: ServiceContext,
  { trx, audit }: { readonly trx: Trx; readonly audit: AuditWriter },
  principal: Principal,
  { email, organization, role, uses, days, language }: Invited,
): Promise<NewInvitation> => {
  const now = context.now();
  const id = newId();
  const { text, hash, mail } = generate(context, id, email);
  const row = {
    ...{ id, secret_sha256: hash, email, organization, role },
    invited_by: principal.email,
    inviter_id: principal.id,
    created_at: toTimestamp(now),
    expires_at: expiry(now, days),
    uses_left: uses,
    accepted_by: '[]',
  };
  await insertInvitation(trx, row);
  await mail(trx, language ?? (await languageOf(trx, principal)));
  await queueWebhooks(context, trx, {
    type: 'invitation.created',
    data: { email, organization, role, invited_by: principal.email },
  });
  await audit('invitation.create', `invitation:${id}`, { email, organization, role, uses });
  return { ...invitationView(row, now), token: text, mailed: isMailed(context, email) };
};

const noInvitation = () => new ApiError('not_found', 'There is no such invitation.');

/** Lists all invitations, used and expired ones too. */
export const findInvitations = async (
  context: ServiceContext,
  requester: Requester,
  {
    offset = 0,
    limit = DEFAULT_LIMIT,
  }: { readonly offset?: number | undefined; readonly limit?: number | undefined },
): Promise<{ readonly invitations: InvitationView[]; readonly total: number }> => {
  authorizeUser(requester.principal, 'invitations.list');
  const rows = await listInvitations(context.db.reader, { offset, limit });
  return {
    invitations: rows.map((row) => invitationView(row, context.now())),
    total: await countInvitations(context.db.reader),
  };
};

/**
 * Invites people: whoever signs up with the link is approved at once, with that organization and role.
 *
 * @throws ApiError `invalid`, `conflicting` for an e-mail that has an account
 */
export const invite = async (
  context: ServiceContext,
  requester: Requester,
  input: InvitationsCreate,
): Promise<NewInvitation[]> => {
  const principal = authorizeUser(requester.principal, 'invitations.create');
  checkFields(input);
  const { organization, role, language } = input;
  return change(context, requester, async (trx, audit) => {
    await requireRoomForInvitations(trx, input.emails?.length ?? 1);
    const created: NewInvitation[] = [];
    for (const [at, email] of (input.emails ?? ['']).entries()) {
      if (email !== '' && (await userByEmail(trx, email)) !== undefined) {
        const fields = [
          { path: `emails.${at}`, code: 'taken' as const, message: `${email} has an account already` },
        ];
        throw new ApiError('conflicting', `${email} has an account already.`, { fields });
      }
      const invited = {
        email,
        organization,
        role,
        uses: input.uses ?? 1,
        days: input.expires_in_days,
        language,
      };
      created.push(await addInvitation(context, { trx, audit }, principal, invited));
    }
    return created;
  });
};

/**
 * Gives an invitation another link and more time; the link of before is worth nothing then.
 *
 * @throws ApiError `not_found`, `conflicting` for one that is used up
 */
export const renewInvitation = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
  days: number,
): Promise<NewInvitation> => {
  const principal = authorizeUser(requester.principal, 'invitations.create');
  return change(context, requester, async (trx, audit) => {
    const row = await invitationById(trx, id);
    if (row === undefined) {
      throw noInvitation();
    }
    if (row.uses_left === 0) {
      throw new ApiError('conflicting', 'This invitation has been accepted.');
    }
    const { text, hash, mail } = generate(context, id, row.email);
    const renewed = {
      secret_sha256: hash,
      invited_by: principal.email,
      inviter_id: principal.id,
      expires_at: expiry(context.now(), days),
    };
    await updateInvitation(trx, id, renewed);
    await mail(trx, await languageOf(trx, principal));
    await audit('invitation.renew', `invitation:${id}`, { email: row.email });
    const view = invitationView({ ...row, ...renewed }, context.now());
    return { ...view, token: text, mailed: isMailed(context, row.email) };
  });
};

/** Deletes an invitation, and so revokes its link. @throws ApiError `not_found` */
export const revokeInvitation = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<void> => {
  authorizeUser(requester.principal, 'invitations.revoke');
  await change(context, requester, async (trx, audit) => {
    const row = await invitationById(trx, id);
    if (row === undefined) {
      throw noInvitation();
    }
    await deleteInvitation(trx, id);
    await audit('invitation.revoke', `invitation:${id}`, { email: row.email });
  });
};
