import type { OutboxMessage, OutboxQuery } from '../../../contract/api/outbox.ts';
import { OUTBOX_STATES } from '../../../contract/api/outbox.ts';
import { DELIVERY_ERRORS, type MailOutcome } from '../../../contract/delivery.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { Language } from '../../../contract/languages.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { newId } from '../../auth/bearer-secret.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { storedLanguage } from '../../mail/mail-texts.ts';
import {
  changeOutbox,
  countOutbox,
  deleteOutbox,
  listOutbox,
  MAIL_CHANNEL,
  outboxById,
} from '../../store/outbox.ts';
import { readProject } from '../../store/project.ts';
import type { OutboxRow } from '../../store/schema.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { userById } from '../../store/users.ts';
import { composeTest } from '../mail/compose-mail.ts';
import { MESSAGE_DAYS } from './queue-mail.ts';

const DEFAULT_LIMIT = 100;
const DAY_MS = 24 * 60 * 60 * 1000;

const messageView = (row: OutboxRow): OutboxMessage => {
  const state = OUTBOX_STATES.find((one) => one === row.state) ?? 'failed';
  const error = DELIVERY_ERRORS.find((one) => one === row.error);
  return {
    id: row.id,
    event: row.event,
    recipient: row.recipient,
    state,
    attempts: row.attempts,
    created_at: toHttpDate(row.created_at),
    ...(state === 'waiting' ? { next_at: toHttpDate(row.next_at) } : {}),
    ...(row.settled_at === '' ? {} : { settled_at: toHttpDate(row.settled_at) }),
    ...(error === undefined ? {} : { error }),
    error_detail: row.error_detail,
  };
};

const noMessage = () => new ApiError('not_found', 'There is no such message.');

/** Lists e-mails with what became of them, the newest first. */
export const findMessages = async (
  context: ServiceContext,
  requester: Requester,
  { offset = 0, limit = DEFAULT_LIMIT, state }: OutboxQuery,
): Promise<{ messages: OutboxMessage[]; total: number; waiting: number; failed: number }> => {
  authorizeUser(requester.principal, 'outbox.read');
  const db = context.db.reader;
  const filter = { channel: MAIL_CHANNEL };
  const rows = await listOutbox(db, { ...filter, state }, { offset, limit });
  return {
    messages: rows.map(messageView),
    total: await countOutbox(db, { ...filter, state }),
    waiting: await countOutbox(db, { ...filter, state: 'waiting' }),
    failed: await countOutbox(db, { ...filter, state: 'failed' }),
  };
};

/**
 * Lets a message be tried again at once, for as long as a new one.
 *
 * @throws ApiError `not_found`, `conflicting` for one that was sent, or that another backend is sending
 */
export const retryMessage = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<OutboxMessage> => {
  authorizeUser(requester.principal, 'outbox.change');
  return change(context, requester, async (trx, audit) => {
    const row = await outboxById(trx, id);
    if (row === undefined) {
      throw noMessage();
    }
    const now = context.now();
    const again = {
      state: 'waiting',
      next_at: toTimestamp(now),
      settled_at: '',
      expires_at: toTimestamp(new Date(now.getTime() + MESSAGE_DAYS * DAY_MS)),
    };
    if (row.state === 'sent' || !(await changeOutbox(trx, row, again))) {
      throw new ApiError('conflicting', 'This message has been sent already.');
    }
    await audit('message.retry', `message:${id}`, { event: row.event, recipient: row.recipient });
    return messageView({ ...row, ...again });
  });
};

/** Forgets a message, which is not sent any more. @throws ApiError `not_found` */
export const discardMessage = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<void> => {
  authorizeUser(requester.principal, 'outbox.change');
  await change(context, requester, async (trx, audit) => {
    const row = await outboxById(trx, id);
    if (row === undefined) {
      throw noMessage();
    }
    await deleteOutbox(trx, id);
    await audit('message.discard', `message:${id}`, { event: row.event, recipient: row.recipient });
  });
};

/**
 * Sends a test e-mail at once, and tells what the mail server said.
 *
 * @throws ApiError `invalid`, `conflicting` without a mail server
 */
export const sendTestMail = async (
  context: ServiceContext,
  requester: Requester,
  email: string,
  language: Language | undefined,
): Promise<MailOutcome> => {
  const principal = authorizeUser(requester.principal, 'mail.test');
  const { mailer } = context;
  const { mail } = context.config;
  if (mailer === undefined || mail === undefined) {
    throw new ApiError('conflicting', 'No mail server is set: see NVFL_SMTP_URL.');
  }
  const db = context.db.reader;
  const user = await userById(db, principal.id);
  const project = await readProject(db);
  await change(context, requester, async (_trx, audit) => {
    await audit('mail.test', `email:${email}`);
  });
  const outcome = await mailer.send(
    composeTest(mail.publicUrl, project, {
      id: newId(),
      to: email,
      language: storedLanguage(language ?? user?.language ?? ''),
    }),
  );
  await requireCurrent(db, requester, context.now());
  return outcome;
};
