import { sql, type RawBuilder } from 'kysely';
import type { Reader, Trx } from './database.ts';

/** Ids of the organizations or roles of that name; a list narrowed by them needs no join to be counted. */
export const idsNamed = (db: Reader | Trx, table: 'organization' | 'role', name: string) =>
  db.selectFrom(table).select('id').where('name', '=', name);

/** Ids of those whose names match. @param pattern see like-pattern.ts */
export const idsLike = (db: Reader | Trx, table: 'organization' | 'role', pattern: string) =>
  db
    .selectFrom(table)
    .select('id')
    .where(sql<boolean>`lower(name) like ${pattern} escape '\\'`);

/**
 * Joins rows with their organization or role.
 *
 * @param leads the list is sorted by its name: SQLite then has to read it first, and each one's rows after it, which it
 *   does where the column cannot be looked up
 */
export const joinedBy = (
  table: 'organization' | 'role',
  column: RawBuilder<unknown>,
  leads: boolean,
): RawBuilder<boolean> => sql<boolean>`${leads ? sql`+` : sql``}${sql.ref(`${table}.id`)} = ${column}`;
