import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Adds the requests for certificates of keys that stay at their holders. */
export const addCertificateRequests = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table certificate_request (
    id VARCHAR(32) PRIMARY KEY,
    request_id VARCHAR(64) NOT NULL,
    form VARCHAR(16) NOT NULL,
    holder_kind VARCHAR(16) NOT NULL,
    holder_id INTEGER NOT NULL,
    holder VARCHAR(128) NOT NULL,
    leaf TEXT NOT NULL,
    csr TEXT NOT NULL,
    csr_sha256 VARCHAR(64) NOT NULL,
    key_bits INTEGER NOT NULL,
    public_key_sha256 VARCHAR(64) NOT NULL,
    requested_by VARCHAR(254) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    state VARCHAR(16) NOT NULL,
    decided_by VARCHAR(254) NOT NULL,
    decided_at VARCHAR(32) NOT NULL,
    reason TEXT NOT NULL,
    serial VARCHAR(64) NOT NULL,
    not_after VARCHAR(32) NOT NULL,
    certificate TEXT NOT NULL,
    listener_certificate TEXT NOT NULL,
    signed_zip TEXT NOT NULL
  )`.execute(db);
  await sql`create unique index certificate_request_request_id on certificate_request (request_id)`.execute(
    db,
  );
  await sql`create index certificate_request_holder on certificate_request (holder, state)`.execute(db);
  await sql`create index certificate_request_public_key on certificate_request (public_key_sha256)`.execute(
    db,
  );
};
