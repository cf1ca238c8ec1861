import type { Reader, Trx } from './database.ts';
import { prepared } from './prepared.ts';
import type { ProjectTokenRow } from './schema.ts';

export const insertProjectToken = async (trx: Trx, token: ProjectTokenRow): Promise<void> => {
  await trx.insertInto('project_token').values(token).execute();
};

const byId = prepared<{ readonly id: string }, ProjectTokenRow>((db, slot) =>
  db.selectFrom('project_token').selectAll().where('id', '=', slot('id')),
);

/** @returns undefined for a token that has been revoked */
export const projectTokenById = async (db: Reader | Trx, id: string): Promise<ProjectTokenRow | undefined> =>
  (await byId(db, { id }))[0];

export const projectTokenByName = (db: Reader | Trx, name: string): Promise<ProjectTokenRow | undefined> =>
  db.selectFrom('project_token').selectAll().where('name', '=', name).executeTakeFirst();

/** Lists all of them, the newest first. */
export const listProjectTokens = (db: Reader | Trx): Promise<ProjectTokenRow[]> =>
  db.selectFrom('project_token').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').execute();

export const deleteProjectToken = async (trx: Trx, id: string): Promise<void> => {
  await trx.deleteFrom('project_token').where('id', '=', id).execute();
};

/** @param at stored time of the latest use */
export const markProjectTokenUsed = async (trx: Trx, id: string, at: string): Promise<void> => {
  await trx.updateTable('project_token').set({ used_at: at }).where('id', '=', id).execute();
};
