import { sql } from 'kysely';
import type { Reader } from '../../src/backend/store/database.ts';

const AT = '2026-01-01 00:00:00.000000';

const fill = (db: Reader, count: number, into: string, columns: Readonly<Record<string, string>>) =>
  sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(count)})
    insert into ${sql.id(into)} (${sql.join(Object.keys(columns).map((name) => sql.id(name)))})
    select ${sql.join(Object.values(columns).map((value) => sql.raw(value)))} from n`.execute(db);

/** A stored time that grows with the row. */
const later = "'2026-01-' || substr('0' || (1 + i % 28), -2, 2) || ' 00:00:00.000000'";
const day = (engine: 'sqlite' | 'postgres'): string =>
  engine === 'sqlite' ? later : "'2026-01-' || lpad((1 + i % 28)::text, 2, '0') || ' 00:00:00.000000'";

const blank = (columns: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(columns.map((name) => [name, "''"]));

/**
 * Fills a database with so many users and sites, two certificates of each site, and as many rows of every other list.
 *
 * @param db of a fresh project, in which nobody else works
 */
export const fillDatabase = async (
  db: Reader,
  engine: 'sqlite' | 'postgres',
  rows: number,
): Promise<void> => {
  const at = `'${AT}'`;
  const stamped = { created_at: day(engine), updated_at: at };
  const state = 'case when i % 10 = 0 then 0 else 100 end';
  await fill(db, Math.max(10, rows / 10), 'organization', {
    name: "'org ' || i",
    description: "''",
    ...stamped,
  });
  await fill(db, 2, 'role', {
    name: "case i when 1 then 'lead' else 'member' end",
    description: "''",
    ...stamped,
  });
  const { rows: found } = await sql<{
    readonly first: number;
    readonly organizations: number;
    readonly role: number;
  }>`
    select min(id) as first, count(*) as organizations, (select min(id) from role where name = 'lead') as role
    from organization where name like 'org %'`.execute(db);
  const [{ first, organizations, role } = { first: 0, organizations: 1, role: 0 }] = found;
  const organization = `${first} + i % ${organizations}`;
  await fill(db, rows, 'user', {
    name: "'User ' || i",
    description: "''",
    email: "'user-' || i || '@example.org'",
    password_hash: "''",
    role_id: `${role} + i % 2`,
    organization_id: organization,
    approval_state: state,
    download_count: 'i % 3',
    ...stamped,
  });
  await fill(db, rows, 'client', {
    name: "'site-' || i",
    description: "''",
    organization_id: organization,
    creator_id: '1 + i % 100',
    approval_state: state,
    download_count: 'i % 3',
    ...stamped,
  });
  await fill(db, 2 * rows, 'certificate', {
    kind: "'client'",
    common_name: "'site-' || i",
    serial: "'serial ' || i",
    sha256: "''",
    not_before: day(engine),
    not_after: "'2027-06-01 00:00:00.000000'",
    requested_by: "'user-' || (i % 100) || '@example.org'",
    created_at: day(engine),
    holder: "'server'",
    holder_id: '1 + i / 2',
  });
  await fill(db, 2 * rows, 'audit', {
    id: '1000 + i',
    at: "'2026-01-01T00:00:00.000Z'",
    actor: "'user-' || (i % 1000) || '@example.org'",
    action: "case when i % 1000 = 0 then 'user.import' else 'session.create' end",
    target: "'client:site-' || (i % 1000)",
    detail: "'{}'",
    address: "'127.0.0.1'",
    request_id: "'request'",
    hash: "''",
  });
  await fill(db, rows, 'certificate_request', {
    ...blank([
      'form',
      'leaf',
      'csr',
      'csr_sha256',
      'requested_by',
      'decided_by',
      'decided_at',
      'reason',
      'serial',
    ]),
    ...blank(['not_after', 'certificate', 'listener_certificate', 'signed_zip', 'holder']),
    id: "'request ' || i",
    request_id: "'request ' || i",
    holder_kind: "'client'",
    holder_id: 'i',
    key_bits: '3072',
    public_key_sha256: "'key ' || i",
    created_at: day(engine),
    state: "case when i % 10 = 0 then 'pending' else 'issued' end",
  });
  await fill(db, rows, 'invitation', {
    ...blank(['secret_sha256', 'email', 'organization', 'role', 'invited_by', 'expires_at', 'accepted_by']),
    id: "'invitation ' || i",
    inviter_id: '1',
    created_at: day(engine),
    uses_left: '1',
  });
  await fill(db, rows, 'outbox', {
    ...blank(['recipient', 'payload', 'expires_at', 'settled_at', 'error', 'error_detail']),
    id: "'message ' || i",
    channel: "'mail'",
    event: "'welcome'",
    state: "case when i % 100 = 0 then 'failed' when i % 100 = 1 then 'waiting' else 'sent' end",
    attempts: '1',
    next_at: day(engine),
    created_at: day(engine),
  });
  await fill(db, rows, 'access_token', {
    ...blank(['name', 'secret_sha256', 'scopes', 'expires_at', 'used_at']),
    id: "'token ' || i",
    user_id: 'i',
    created_at: day(engine),
  });
  // PostgreSQL plans by what it knows of the rows; SQLite as ever, so that a backend that never analyzes does the same.
  if (engine === 'postgres') {
    await sql`analyze`.execute(db);
  }
};
