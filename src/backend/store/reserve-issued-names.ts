import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { TableDefinitions } from './table-definitions.ts';

/**
 * Adds the names of certificates to the ledger, and reserves those of the certificates issued so far for the server,
 * site or user that has the name now; for nobody, where there is none any more.
 *
 * @param tables the engine's definitions, of which the type of an id is taken
 */
export const reserveIssuedNames = async (db: Kysely<Schema>, tables: TableDefinitions): Promise<void> => {
  const user = sql.id('user');
  await sql`alter table certificate add column subject_alt_names TEXT NOT NULL DEFAULT '[]'`.execute(db);
  await sql`create table issued_name (
    id ${sql.raw(tables['certificate']?.['id'] ?? 'INTEGER PRIMARY KEY')},
    name VARCHAR(254) NOT NULL,
    holder VARCHAR(128) NOT NULL,
    organization VARCHAR(512) NOT NULL DEFAULT '',
    kind VARCHAR(32) NOT NULL,
    serial VARCHAR(64) NOT NULL,
    released INTEGER NOT NULL DEFAULT 0
  )`.execute(db);
  await sql`insert into issued_name (name, holder, organization, kind, serial)
    select lower(certificate.common_name),
      case
        when certificate.kind in ('server', 'overseer') then 'server'
        when certificate.kind = 'admin' then coalesce(
          (select 'user:' || ${user}.id || '@' || ${user}.created_at from ${user}
            where lower(${user}.email) = lower(certificate.common_name)), '')
        else coalesce(
          (select 'client:' || client.id || '@' || client.created_at from client
            where lower(client.name) = lower(certificate.common_name)), '')
      end,
      coalesce((select organization.name from client join organization on organization.id = client.organization_id
        where lower(client.name) = lower(certificate.common_name)), ''),
      certificate.kind, certificate.serial
    from certificate`.execute(db);
  await sql`create index issued_name_name on issued_name (name)`.execute(db);
  await sql`create index issued_name_serial on issued_name (serial)`.execute(db);
};
