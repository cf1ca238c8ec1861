import type { WebhookOutcome } from '../../../contract/delivery.ts';
import { WEBHOOK_FORMATS } from '../../../contract/webhooks.ts';
import { openStored } from '../../auth/stored-secret.ts';
import type { ServiceContext } from '../../context/context.ts';
import { projectTitle } from '../../mail/project-title.ts';
import { storedLanguage } from '../../mail/mail-texts.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { readProject } from '../../store/project.ts';
import type { OutboxRow, WebhookRow } from '../../store/schema.ts';
import { fromTimestamp, toTimestamp } from '../../store/timestamp.ts';
import { sendWebhook } from '../../webhooks/send-webhook.ts';
import { webhookBody } from '../../webhooks/webhook-body.ts';
import { WebhookEvent } from '../../webhooks/webhook-event.ts';

/** The rows in which an endpoint's secrets can be opened; see auth/stored-secret.ts. */
export const webhookOwner = (id: string): string => `webhook:${id}`;

const SECRET_LOST: WebhookOutcome = { state: 'failed', error: 'secret_lost', detail: '' };

/** Writes a message as things are now. @returns sends it */
export const composeWebhook = async (
  { tokenKey, now, webhookRule }: Pick<ServiceContext, 'tokenKey' | 'now' | 'webhookRule'>,
  db: Reader | Trx,
  webhook: WebhookRow,
  row: Pick<OutboxRow, 'id' | 'payload' | 'created_at'>,
): Promise<() => Promise<WebhookOutcome>> => {
  const open = (sealed: string) => openStored(tokenKey, webhookOwner(webhook.id), sealed);
  const [url, secret] = [open(webhook.sealed_url), open(webhook.sealed_secret)];
  if (url === undefined || secret === undefined) {
    return () => Promise.resolve(SECRET_LOST);
  }
  const at = now();
  const earlier = webhook.earlier_until > toTimestamp(at) ? open(webhook.earlier_sealed_secret) : undefined;
  const body = webhookBody(WebhookEvent.parse(JSON.parse(row.payload)), {
    format: WEBHOOK_FORMATS.find((format) => format === webhook.format) ?? 'standard',
    language: storedLanguage(webhook.language),
    project: projectTitle(await readProject(db)),
    at: fromTimestamp(row.created_at),
  });
  const secrets = earlier === undefined ? [secret] : [secret, earlier];
  return () => sendWebhook({ id: row.id, url, body, secrets, at }, webhookRule);
};
