import { MESSAGE_KINDS, type RequestMessage } from '../../../contract/api/request-messages.ts';
import { newId } from '../../auth/bearer-secret.ts';
import type { Trx } from '../../store/database.ts';
import { insertRequestMessage, requestMessagesOf } from '../../store/request-messages.ts';
import type { RequestMessageRow } from '../../store/schema.ts';
import { toHttpDate } from '../../store/timestamp.ts';

/** Messages at most about one request. */
export const MAX_MESSAGES = 60;

export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const requestMessageView = (row: RequestMessageRow): RequestMessage => ({
  id: row.id,
  kind: MESSAGE_KINDS.find((kind) => kind === row.kind) ?? 'reply',
  author: row.author,
  text: row.text,
  created_at: toHttpDate(row.created_at),
});

interface Written {
  readonly kind: MessageKind;
  /** E-mail. */
  readonly author: string;
  readonly text: string;
  /** Stored time. */
  readonly at: string;
}

/** Adds to what was written about a user's request. */
export const appendMessage = async (
  trx: Trx,
  userId: number,
  { kind, author, text, at }: Written,
): Promise<RequestMessageRow> => {
  const row = { id: newId(), user_id: userId, kind, author, text, created_at: at };
  await insertRequestMessage(trx, row);
  return row;
};

/** Keeps a decision beside what was written, where there is anything or a reason was given. */
export const noteDecision = async (
  trx: Trx,
  userId: number,
  decision: Written & { readonly kind: 'approved' | 'denied' },
): Promise<void> => {
  const all = await requestMessagesOf(trx, userId);
  if ((all.length > 0 || decision.text !== '') && all.length < MAX_MESSAGES) {
    await appendMessage(trx, userId, decision);
  }
};
