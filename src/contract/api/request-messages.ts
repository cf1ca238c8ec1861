import { z } from 'zod';
import { FreeMessage } from '../free-text.ts';
import { HttpDate } from './response.ts';

/** Messages about a request for an account, and the decisions on it. */
export const MESSAGE_KINDS = ['asked_again', 'question', 'reply', 'approved', 'denied'] as const;

export const RequestMessage = z.object({
  id: z.string(),
  kind: z.enum(MESSAGE_KINDS),
  /** E-mail. */
  author: z.string(),
  /** Of a decision the reason, which may be empty. */
  text: z.string(),
  created_at: HttpDate,
});
export type RequestMessage = z.infer<typeof RequestMessage>;

export const RequestMessageCreate = z.object({ text: FreeMessage });
/** `challenge` is that of the log-in that was denied. */
export const AskAgainRequest = z.object({ challenge: z.string().max(128), message: FreeMessage });
export const RequestMessagesResponse = z.object({ status: z.string(), messages: z.array(RequestMessage) });
export const RequestMessageResponse = z.object({ status: z.string(), message: RequestMessage });
