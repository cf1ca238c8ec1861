import { face } from './face.ts';
import { requestMessages } from './request-messages.ts';
import { webhooks } from './webhooks.ts';

/** Texts of parts that come after the first view. */
export const late = { ...face, ...requestMessages, ...webhooks } as const;
