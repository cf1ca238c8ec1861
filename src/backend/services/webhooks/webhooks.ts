import { randomBytes } from 'node:crypto';
import type {
  WebhookCreate,
  WebhookDelivery,
  WebhookPatch,
  WebhookView,
} from '../../../contract/api/webhook.ts';
import { ApiError } from '../../../contract/errors.ts';
import { MAX_WEBHOOKS } from '../../../contract/webhooks.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { newId } from '../../auth/bearer-secret.ts';
import { sealStored } from '../../auth/stored-secret.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { countOutbox, listOutbox } from '../../store/outbox.ts';
import type { WebhookRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import {
  deleteWebhook,
  insertWebhook,
  listWebhooks,
  updateWebhook,
  webhookById,
} from '../../store/webhooks.ts';
import { refuseFields } from '../users/user-fields.ts';
import { webhookOwner } from './compose-webhook.ts';
import { nameProblems, urlProblems } from './webhook-fields.ts';
import { deliveryView, webhookView } from './webhook-view.ts';

const DEFAULT_LIMIT = 100;
const SECRET_BYTES = 32;
/** Time in which an endpoint can learn its new secret. */
const EARLIER_MS = 24 * 60 * 60 * 1000;

/** Standard Webhooks: 24 to 64 random bytes. */
const generateSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** @throws ApiError `not_found` */
export const requireWebhook = async (db: Reader | Trx, id: string): Promise<WebhookRow> => {
  const row = await webhookById(db, id);
  if (row === undefined) {
    throw new ApiError('not_found', 'There is no such webhook.');
  }
  return row;
};

const requireFreeName = async (trx: Trx, name: string, id: string): Promise<void> => {
  if ((await listWebhooks(trx)).some((other) => other.name === name && other.id !== id)) {
    throw new ApiError('conflicting', 'Another webhook has this name.', {
      fields: [{ path: 'name', code: 'duplicate', message: 'names another webhook' }],
    });
  }
};

/** Lists all webhooks, the oldest first. */
export const findWebhooks = async (context: ServiceContext, requester: Requester): Promise<WebhookView[]> => {
  authorizeUser(requester.principal, 'webhooks.read');
  const db = context.db.reader;
  const views: WebhookView[] = [];
  for (const row of await listWebhooks(db)) {
    views.push(await webhookView(db, row, context.now()));
  }
  return views;
};

/** Lists what was sent to a webhook or waits, the newest first. @throws ApiError `not_found` */
export const findDeliveries = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
  {
    offset = 0,
    limit = DEFAULT_LIMIT,
  }: { readonly offset?: number | undefined; readonly limit?: number | undefined },
): Promise<{ readonly deliveries: WebhookDelivery[]; readonly total: number }> => {
  authorizeUser(requester.principal, 'webhooks.read');
  const db = context.db.reader;
  await requireWebhook(db, id);
  const rows = await listOutbox(db, { channel: id }, { offset, limit });
  return { deliveries: rows.map(deliveryView), total: await countOutbox(db, { channel: id }) };
};

/**
 * Adds a webhook; its secret is returned this once.
 *
 * @throws ApiError `invalid` also for an address that must not be reached, `conflicting` for a name that is taken and
 *   for the 21st
 */
export const createWebhook = async (
  context: ServiceContext,
  requester: Requester,
  input: WebhookCreate,
): Promise<{ readonly webhook: WebhookView; readonly secret: string }> => {
  authorizeUser(requester.principal, 'webhooks.change');
  refuseFields([...nameProblems(input.name), ...(await urlProblems(input.url, context.webhookRule))]);
  const now = context.now();
  const id = newId();
  const secret = generateSecret();
  const url = new URL(input.url);
  const row: WebhookRow = {
    id,
    name: input.name,
    sealed_url: sealStored(context.tokenKey, webhookOwner(id), url.href),
    origin: url.origin,
    format: input.format,
    events: [...new Set(input.events)].join(' '),
    language: input.language,
    state: 'active',
    sealed_secret: sealStored(context.tokenKey, webhookOwner(id), secret),
    earlier_sealed_secret: '',
    earlier_until: '',
    created_at: toTimestamp(now),
  };
  const webhook = await change(context, requester, async (trx, audit) => {
    if ((await listWebhooks(trx)).length >= MAX_WEBHOOKS) {
      const message = `would be webhook ${MAX_WEBHOOKS + 1}; remove one`;
      throw new ApiError('conflicting', `There can be ${MAX_WEBHOOKS} webhooks; remove one first.`, {
        fields: [{ path: 'name', code: 'too_many', message }],
      });
    }
    await requireFreeName(trx, row.name, id);
    await insertWebhook(trx, row);
    const { name, origin, format, events } = row;
    await audit('webhook.create', `webhook:${id}`, { name, origin, format, events });
    return webhookView(trx, row, now);
  });
  return { webhook, secret };
};

/**
 * Changes a webhook, pauses it or lets it go on. What waits stays, and expires after three days.
 *
 * @throws ApiError `not_found`, `invalid`, `conflicting`
 */
export const changeWebhook = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
  patch: WebhookPatch,
): Promise<WebhookView> => {
  authorizeUser(requester.principal, 'webhooks.change');
  refuseFields([...nameProblems(patch.name), ...(await urlProblems(patch.url, context.webhookRule))]);
  const { url: text, events, ...plain } = patch;
  const url = text === undefined ? undefined : new URL(text);
  return change(context, requester, async (trx, audit) => {
    const row = await requireWebhook(trx, id);
    await requireFreeName(trx, patch.name ?? row.name, id);
    const next: WebhookRow = {
      ...row,
      name: plain.name ?? row.name,
      format: plain.format ?? row.format,
      language: plain.language ?? row.language,
      state: plain.state ?? row.state,
      events: events === undefined ? row.events : [...new Set(events)].join(' '),
      origin: url?.origin ?? row.origin,
      sealed_url:
        url === undefined ? row.sealed_url : sealStored(context.tokenKey, webhookOwner(id), url.href),
    };
    await updateWebhook(trx, id, next);
    const { name, origin, state } = next;
    await audit('webhook.change', `webhook:${id}`, { name, origin, state, changed: Object.keys(patch) });
    return webhookView(trx, next, context.now());
  });
};

/**
 * Gives a webhook a new secret, returned this once. Messages are signed with the earlier one as well for a day.
 *
 * @throws ApiError `not_found`
 */
export const renewSecret = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<{ readonly webhook: WebhookView; readonly secret: string }> => {
  authorizeUser(requester.principal, 'webhooks.change');
  const secret = generateSecret();
  const webhook = await change(context, requester, async (trx, audit) => {
    const row = await requireWebhook(trx, id);
    const now = context.now();
    const renewed = {
      sealed_secret: sealStored(context.tokenKey, webhookOwner(id), secret),
      earlier_sealed_secret: row.sealed_secret,
      earlier_until: toTimestamp(new Date(now.getTime() + EARLIER_MS)),
    };
    await updateWebhook(trx, id, renewed);
    await audit('webhook.renew_secret', `webhook:${id}`, { name: row.name });
    return webhookView(trx, { ...row, ...renewed }, now);
  });
  return { webhook, secret };
};

/** Removes a webhook with what waits for it and its log. @throws ApiError `not_found` */
export const removeWebhook = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<void> => {
  authorizeUser(requester.principal, 'webhooks.change');
  await change(context, requester, async (trx, audit) => {
    const { name, origin } = await requireWebhook(trx, id);
    await deleteWebhook(trx, id);
    await audit('webhook.delete', `webhook:${id}`, { name, origin });
  });
};
