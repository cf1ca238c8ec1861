import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

const COLUMNS = [
  'holder VARCHAR(128)',
  'organization VARCHAR(512)',
  'role VARCHAR(64)',
  'public_key_sha256 VARCHAR(64)',
  'superseded_by VARCHAR(64)',
  'revoked_at VARCHAR(32)',
  'revocation_reason VARCHAR(32)',
];

/** The ID in `client:ID@TIME`; 0 for a server and for a holder that cannot be told any more. */
const idIn = (holder: string): number => Number(/^(?:client|user):(\d+)@/.exec(holder)?.[1] ?? 0);

/** Adds who holds a certificate and what has become of it, and the revocation list. */
export const addCertificateStates = async (db: Kysely<Schema>): Promise<void> => {
  for (const column of COLUMNS) {
    await sql`alter table certificate add column ${sql.raw(`${column} NOT NULL DEFAULT ''`)}`.execute(db);
  }
  await sql`alter table certificate add column holder_id INTEGER NOT NULL DEFAULT 0`.execute(db);
  await sql`alter table certificate add column key_origin VARCHAR(16) NOT NULL DEFAULT 'dashboard'`.execute(
    db,
  );
  await sql`create index certificate_holder on certificate (holder, kind)`.execute(db);
  await sql`create index certificate_public_key on certificate (public_key_sha256)`.execute(db);
  await sql`create table crl (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    this_update VARCHAR(32) NOT NULL,
    next_update VARCHAR(32) NOT NULL,
    covers VARCHAR(64) NOT NULL,
    pem TEXT NOT NULL
  )`.execute(db);
  const names = await db.selectFrom('issued_name').select(['serial', 'holder', 'organization']).execute();
  for (const { serial, holder, organization } of names) {
    await db
      .updateTable('certificate')
      .set({ holder, holder_id: idIn(holder), organization })
      .where('serial', '=', serial)
      .execute();
  }
  await sql`update certificate set superseded_by = coalesce((
    select later.serial from certificate later
    where later.holder = certificate.holder and later.kind = certificate.kind and later.id > certificate.id
      and (certificate.holder <> 'server' or later.common_name = certificate.common_name)
    order by later.id limit 1), '')
    where holder <> ''`.execute(db);
};
