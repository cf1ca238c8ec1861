import { sql } from 'kysely';
import type { Reader, Trx } from './database.ts';
import type { Schema } from './schema.ts';
import type { Insertable } from 'kysely';

export type NewIssuedName = Omit<Insertable<Schema['issued_name']>, 'id' | 'released'>;

/** Records the names of a certificate, which stay its holder's for good. */
export const insertIssuedNames = async (trx: Trx, names: readonly NewIssuedName[]): Promise<void> => {
  // A server on localhost has no name that could be taken from it.
  if (names.length === 0) {
    return;
  }
  await trx
    .insertInto('issued_name')
    .values(names.map((name) => ({ ...name, released: 0 })))
    .execute();
};

/** Who holds certificates with a name. */
export interface NameHolder {
  readonly name: string;
  readonly holder: string;
  readonly kind: string;
  readonly organization: string;
}

/** Returns who holds certificates with the names, released ones left out. @param names in normalized form */
export const holdersOf = (db: Reader | Trx, names: readonly string[]): Promise<readonly NameHolder[]> =>
  db
    .selectFrom('issued_name')
    .select(['name', 'holder', 'kind', 'organization'])
    .distinct()
    .where('name', 'in', names)
    .where('released', '=', 0)
    .execute();

/** Certificates that carry the name, oldest first. @param name in normalized form */
export const certificatesNamed = (db: Reader | Trx, name: string) =>
  db
    .selectFrom('certificate')
    .select(['kind', 'common_name', 'serial', 'not_after'])
    .where('serial', 'in', db.selectFrom('issued_name').select('serial').where('name', '=', name))
    .orderBy('id')
    .execute();

/** Lets others take a name that certificates carry. @param name in normalized form */
export const releaseIssuedName = async (trx: Trx, name: string): Promise<void> => {
  await trx.updateTable('issued_name').set({ released: 1 }).where('name', '=', name).execute();
};

/** Sites whose properties may name a listening host, with their properties as JSON text. */
export const sitesWithListeners = (db: Reader | Trx) =>
  db
    .selectFrom('client')
    .innerJoin('organization', 'organization.id', 'client.organization_id')
    .select(['client.id', 'client.props', 'organization.name as organization'])
    .where(sql<boolean>`client.props like '%listening_host%'`)
    .execute();
