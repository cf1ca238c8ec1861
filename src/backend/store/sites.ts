import { sql, type ExpressionBuilder, type Selectable, type Updateable } from 'kysely';
import type { ParticipantType } from '../../contract/participant-type.ts';
import type { Reader, Trx } from './database.ts';
import { prepared } from './prepared.ts';
import type { Schema } from './schema.ts';

/** A site with its organization's name and its creator's e-mail. */
export type ClientRow = Selectable<Schema['client']> & {
  readonly organization: string;
  readonly creator: string;
};
export type ClientChange = Updateable<Schema['client']>;

/** A site to be registered. */
export interface NewClient {
  readonly name: string;
  readonly description: string;
  readonly organizationId: number;
  readonly creatorId: number;
  /** JSON text. */
  readonly capacity: string;
  /** JSON text, empty when unset. */
  readonly props: string;
  readonly approvalState: number;
  /** `client` unless given. */
  readonly type?: ParticipantType;
  /** Stored time. */
  readonly at: string;
}

interface Stamp {
  readonly at: string;
}

const insertCapacity = prepared<Stamp & { readonly capacity: string }, { readonly id: number }>((db, slot) =>
  db
    .insertInto('capacity')
    .values({ capacity: slot('capacity'), created_at: slot('at'), updated_at: slot('at') })
    .returning('id'),
);

const insertSite = prepared<
  NewClient & { readonly type: ParticipantType; readonly capacityId: number },
  { readonly id: number }
>((db, slot) =>
  db
    .insertInto('client')
    .values({
      name: slot('name'),
      description: slot('description'),
      organization_id: slot('organizationId'),
      creator_id: slot('creatorId'),
      capacity_id: slot('capacityId'),
      capacity: slot('capacity'),
      approval_state: slot('approvalState'),
      // Written out, because a table that another dashboard created has no column defaults.
      approval_reason: '',
      download_count: 0,
      props: slot('props'),
      type: slot('type'),
      created_at: slot('at'),
      updated_at: slot('at'),
    })
    .returning('id'),
);

const idOf = (rows: readonly { readonly id: number }[]): number => {
  const [row] = rows;
  if (row === undefined) {
    throw new Error('an inserted row has no id');
  }
  return row.id;
};

/** Inserts the site with its capacity row. @returns the site's id */
export const insertClient = async (trx: Trx, site: NewClient): Promise<number> => {
  const capacityId = idOf(await insertCapacity(trx, { capacity: site.capacity, at: site.at }));
  return idOf(await insertSite(trx, { ...site, type: site.type ?? 'client', capacityId }));
};

/** Empty where a database taken over has lost the creator. */
export const creatorOf = (row: ExpressionBuilder<Schema, 'user'>) =>
  row.fn.coalesce('user.email', sql<string>`''`).as('creator');

const joined = (db: Reader | Trx) =>
  db
    .selectFrom('client')
    .innerJoin('organization', 'organization.id', 'client.organization_id')
    .leftJoin('user', 'user.id', 'client.creator_id')
    .selectAll('client')
    .select((row) => ['organization.name as organization', creatorOf(row)]);

const byId = prepared<{ readonly id: number }, ClientRow>((db, slot) =>
  joined(db).where('client.id', '=', slot('id')),
);

export const clientById = async (db: Reader | Trx, id: number): Promise<ClientRow | undefined> =>
  (await byId(db, { id }))[0];

/** Returns the sites with these IDs, by ID. */
export const clientsByIds = async (
  db: Reader | Trx,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ClientRow>> => {
  const rows = ids.length === 0 ? [] : await joined(db).where('client.id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
};

export const updateClient = async (trx: Trx, id: number, change: ClientChange): Promise<void> => {
  await trx.updateTable('client').set(change).where('id', '=', id).execute();
};

/** Databases of NVIDIA's dashboard let sites share a capacity row: it goes only with its last site. */
const dropUnusedCapacity = async (trx: Trx, capacityId: number | null): Promise<void> => {
  if (capacityId === null) {
    return;
  }
  const user = await trx
    .selectFrom('client')
    .select('id')
    .where('capacity_id', '=', capacityId)
    .executeTakeFirst();
  if (user === undefined) {
    await trx.deleteFrom('capacity').where('id', '=', capacityId).execute();
  }
};

/** Gives a site another capacity. @param at stored time */
export const replaceCapacity = async (
  trx: Trx,
  site: Pick<ClientRow, 'id' | 'capacity_id'>,
  capacity: string,
  at: string,
): Promise<void> => {
  const id = idOf(await insertCapacity(trx, { capacity, at }));
  await trx.updateTable('client').set({ capacity_id: id, capacity }).where('id', '=', site.id).execute();
  await dropUnusedCapacity(trx, site.capacity_id);
};

export const deleteClient = async (trx: Trx, site: ClientRow): Promise<void> => {
  await trx.deleteFrom('client').where('id', '=', site.id).execute();
  await dropUnusedCapacity(trx, site.capacity_id);
};

/** Counts one more downloaded kit. */
export const countDownload = async (trx: Trx, table: 'client' | 'user', id: number): Promise<void> => {
  await trx
    .updateTable(table)
    .set((row) => ({ download_count: row('download_count', '+', 1) }))
    .where('id', '=', id)
    .execute();
};
