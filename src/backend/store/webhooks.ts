import type { Reader, Trx } from './database.ts';
import type { WebhookRow } from './schema.ts';

export const insertWebhook = async (trx: Trx, row: WebhookRow): Promise<void> => {
  await trx.insertInto('webhook').values(row).execute();
};

/** Lists webhooks, the oldest first. */
export const listWebhooks = (db: Reader | Trx): Promise<WebhookRow[]> =>
  db.selectFrom('webhook').selectAll().orderBy('created_at').orderBy('id').execute();

export const activeWebhooks = (db: Reader | Trx): Promise<WebhookRow[]> =>
  db.selectFrom('webhook').selectAll().where('state', '=', 'active').orderBy('id').execute();

export const webhookById = (db: Reader | Trx, id: string): Promise<WebhookRow | undefined> =>
  db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst();

export const updateWebhook = async (
  trx: Trx,
  id: string,
  change: Partial<Omit<WebhookRow, 'id'>>,
): Promise<void> => {
  await trx.updateTable('webhook').set(change).where('id', '=', id).execute();
};

/** Deletes a webhook with its messages. */
export const deleteWebhook = async (trx: Trx, id: string): Promise<void> => {
  await trx.deleteFrom('outbox').where('channel', '=', id).execute();
  await trx.deleteFrom('webhook').where('id', '=', id).execute();
};
