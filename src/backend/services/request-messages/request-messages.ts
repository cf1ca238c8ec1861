import { approvalOf, PENDING } from '../../../contract/approval.ts';
import type { RequestMessage } from '../../../contract/api/request-messages.ts';
import { ApiError } from '../../../contract/errors.ts';
import { askAgainPurpose, challengedId, isChallengeOf } from '../../auth/login-challenge.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { requestMessagesOf } from '../../store/request-messages.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { updateUser, userById, type UserRow } from '../../store/users.ts';
import { keepSeen, seenUser } from '../approvals/seen-version.ts';
import { requirePendingRoom } from '../approvals/pending-limits.ts';
import { announceMessage, announceQuestion } from '../outbox/announce-messages.ts';
import { userFor } from '../users/users.ts';
import { queueWebhooks } from '../webhooks/queue-webhook.ts';
import { appendMessage, MAX_MESSAGES, requestMessageView, type MessageKind } from './note-decision.ts';

/** Messages that a person may send before a project admin writes or decides. */
const MAX_IN_A_ROW = 5;

const BY_PERSON: readonly string[] = ['asked_again', 'reply'] satisfies readonly MessageKind[];

const tooMany = (message: string): ApiError =>
  new ApiError('conflicting', `${message}.`, {
    fields: [{ path: 'text', code: 'too_many', message }],
  });

/** @throws ApiError `conflicting` where more was written than anybody reads */
const requireRoom = async (trx: Trx, userId: number, kind: MessageKind): Promise<void> => {
  const all = await requestMessagesOf(trx, userId);
  if (all.length >= MAX_MESSAGES) {
    throw tooMany('There are too many messages about this request');
  }
  const lastOfAdmins = all.findLastIndex((row) => !BY_PERSON.includes(row.kind));
  if (BY_PERSON.includes(kind) && all.length - 1 - lastOfAdmins >= MAX_IN_A_ROW) {
    throw tooMany('Wait until a project admin has replied');
  }
};

/** Lists what was written about a user's request, the oldest first. @throws ApiError as userFor */
export const findRequestMessages = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
): Promise<RequestMessage[]> => {
  await userFor(context.db.reader, requester, 'messages.read', id);
  return (await requestMessagesOf(context.db.reader, id)).map(requestMessageView);
};

/**
 * Writes about a request that waits: a project admin asks, the person replies.
 *
 * @throws ApiError `conflicting` for an account that does not wait, or after too many messages; as userFor
 */
export const writeRequestMessage = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
  text: string,
): Promise<RequestMessage> => {
  await userFor(context.db.reader, requester, 'messages.write', id);
  return change(context, requester, async (trx, audit) => {
    const { principal, user } = await userFor(trx, requester, 'messages.write', id);
    if (approvalOf(user.approval_state) !== 'pending') {
      throw new ApiError('conflicting', 'This account does not wait for a decision.');
    }
    const kind = principal.id === id ? 'reply' : 'question';
    await requireRoom(trx, id, kind);
    const row = await appendMessage(trx, id, {
      kind,
      author: principal.email,
      text,
      at: toTimestamp(context.now()),
    });
    if (kind === 'question') {
      await announceQuestion(context, trx, user.email, text);
      await audit('user.ask_question', `user:${user.email}`);
    } else {
      await announceMessage(context, trx, { name: user.email, text, again: false });
      await audit('user.reply', `user:${user.email}`);
    }
    return requestMessageView(row);
  });
};

const challengeOver = (): ApiError =>
  new ApiError('unauthenticated', 'This took too long or is not valid any more. Log in again.');

const challenged = async (
  context: ServiceContext,
  db: Reader | Trx,
  challenge: string,
): Promise<UserRow | undefined> => {
  const id = challengedId(challenge);
  const user = id === undefined ? undefined : await userById(db, id);
  return user !== undefined &&
    isChallengeOf(context.tokenKey, challenge, user, context.now(), askAgainPurpose(user))
    ? user
    : undefined;
};

/**
 * Tells somebody who was denied at the identity provider why.
 *
 * @param challenge of that log-in; undefined for none
 * @throws ApiError `not_found` for a challenge that does not count any more
 */
export const findDenial = async (
  context: ServiceContext,
  challenge: string | undefined,
): Promise<{ readonly reason: string; readonly challenge: string }> => {
  const user = challenge === undefined ? undefined : await challenged(context, context.db.reader, challenge);
  if (challenge === undefined || user === undefined) {
    throw new ApiError('not_found', 'Nobody was denied in this browser in the last minutes.');
  }
  return { reason: user.approval_reason, challenge };
};

/**
 * Lets somebody who was denied, and has just proved the password, ask again: the request waits once more.
 *
 * @throws ApiError `unauthenticated` for a challenge that does not count any more, `conflicting` for an account that is
 *   not denied (any more) or after too many messages, `too_many_requests`
 */
export const askAgain = async (
  context: ServiceContext,
  requester: Requester,
  { challenge, message }: { readonly challenge: string; readonly message: string },
): Promise<void> => {
  const stranger = { ...requester, principal: undefined };
  if ((await challenged(context, context.db.reader, challenge)) === undefined) {
    const detail = { code: 'unauthenticated', path: 'ask-again' };
    await context.attempts.note(stranger, { action: 'session.refuse', target: 'user:', detail });
    throw challengeOver();
  }
  await change(context, stranger, async (trx, audit) => {
    const user = await challenged(context, trx, challenge);
    if (user === undefined) {
      throw challengeOver();
    }
    if (approvalOf(user.approval_state) !== 'denied') {
      throw new ApiError('conflicting', 'This account is not denied. Log in.');
    }
    await requireRoom(trx, user.id, 'asked_again');
    await requirePendingRoom(trx, 1);
    const at = toTimestamp(context.now());
    await appendMessage(trx, user.id, { kind: 'asked_again', author: user.email, text: message, at });
    await updateUser(trx, user.id, { approval_state: PENDING, approval_reason: '', updated_at: at });
    const after = { ...user, approval_state: PENDING, approval_reason: '', updated_at: at };
    await keepSeen(trx, seenUser(user), seenUser(after), at);
    const { email: name, organization } = user;
    await queueWebhooks(context, trx, {
      type: 'request.waiting',
      data: { kind: 'user', name, organization },
    });
    await announceMessage(context, trx, { name, text: message, again: true });
    await audit('user.ask_again', `user:${name}`, { approval_state: [user.approval_state, PENDING] });
  });
};
