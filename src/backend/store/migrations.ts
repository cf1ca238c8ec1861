import { sql, type Kysely, type Migration, type MigrationProvider } from 'kysely';
import { NEWEST_RELEASE } from '../../contract/releases.ts';
import { addCertificateRequests } from './add-certificate-requests.ts';
import { addCertificateStates } from './add-certificate-states.ts';
import { addEnrolmentTokens } from './add-enrolment-tokens.ts';
import { addIssuedKits } from './add-issued-kits.ts';
import { addKitSettings, addRelays } from './add-kit-settings.ts';
import { addListOrder } from './add-list-order.ts';
import { addIdentities } from './add-identities.ts';
import { addOwnRoot } from './add-own-root.ts';
import { addOutdatedKits } from './add-outdated-kits.ts';
import { addOrganizationDetails } from './add-organization-details.ts';
import { addOverviewIndexes } from './add-overview-indexes.ts';
import { addPasskeys } from './add-passkeys.ts';
import { addProjectTokens } from './add-project-tokens.ts';
import { addProjectFace } from './add-project-face.ts';
import { addRequestMessages } from './add-request-messages.ts';
import { addRootRenewal } from './add-root-renewal.ts';
import { addSavedViews } from './add-saved-views.ts';
import { addSecondFactors } from './add-second-factors.ts';
import { addWebhooks } from './add-webhooks.ts';
import { ownTables } from './own-tables.ts';
import { addObjections } from './objections.ts';
import { repairRows } from './repair/repair-rows.ts';
import { addRowRepairs } from './repair/row-repairs.ts';
import { reserveIssuedNames } from './reserve-issued-names.ts';
import type { Schema } from './schema.ts';
import { addSyslogPosition } from './syslog-position.ts';
import { addSchemaCompatibility, FIRST_COMPATIBLE, requireMigration } from './schema-compatibility.ts';
import { addUniqueIndexes } from './unique-rows.ts';
import { familyOf, settingsOf } from './taken-over.ts';
import type { TableDefinitions } from './table-definitions.ts';

const createOrComplete = async (db: Kysely<Schema>, tables: TableDefinitions): Promise<void> => {
  const present = new Map((await ownTables(db)).map((table) => [table.name, table.columns]));
  for (const [table, columns] of Object.entries(tables)) {
    const existing = present.get(table);
    if (existing === undefined) {
      const list = Object.entries(columns).map(([name, type]) => sql`${sql.id(name)} ${sql.raw(type)}`);
      await sql`create table ${sql.id(table)} (${sql.join(list)})`.execute(db);
      continue;
    }
    const names = new Set(existing.map((column) => column.name));
    for (const [name, type] of Object.entries(columns)) {
      if (names.has(name)) {
        continue;
      }
      await sql`alter table ${sql.id(table)} add column ${sql.id(name)} ${sql.raw(type)}`.execute(db);
    }
  }
};

const firstRows = async (db: Kysely<Schema>): Promise<void> => {
  const project = await db.selectFrom('project').select('id').executeTakeFirst();
  if (project === undefined) {
    await db.insertInto('project').values({ id: 1, root_cert: null, root_key: null }).execute();
  }
  await db.insertInto('audit_head').values({ id: 1, last_id: 0, hash: '' }).execute();
};

const firstIndexes = async (db: Kysely<Schema>): Promise<void> => {
  for (const table of ['user', 'client']) {
    await sql`create index ${sql.id(`${table}_organization`)} on ${sql.id(table)} (organization_id)`.execute(
      db,
    );
  }
  await sql`create index client_creator on client (creator_id)`.execute(db);
  await sql`create index session_by_user on session (user_id)`.execute(db);
  await sql`create index user_email_lower on ${sql.id('user')} (lower(email))`.execute(db);
  await sql`create index client_name on client (name)`.execute(db);
};

const createTables = async (db: Kysely<Schema>, tables: TableDefinitions): Promise<void> => {
  await createOrComplete(db, tables);
  // Later migrations read the rows.
  await addRowRepairs(db, tables);
  await repairRows(db, tables);
  await firstRows(db);
  await firstIndexes(db);
};

const CAPACITY = sql.raw("VARCHAR(2048) NOT NULL DEFAULT ''");
const ORIGIN = sql.raw("VARCHAR(16) NOT NULL DEFAULT 'chosen'");

/** Adds where the release comes from, and sets it and what belongs to it for a project of NVIDIA's dashboard. */
const takeOver = async (db: Kysely<Schema>): Promise<void> => {
  const tables = await ownTables(db);
  const family = familyOf(tables);
  const client = tables.find((table) => table.name === 'client');
  if (client?.columns.some((column) => column.name === 'capacity') !== true) {
    await sql`alter table client add column capacity ${CAPACITY}`.execute(db);
  }
  await sql`alter table project add column target_release_origin ${ORIGIN}`.execute(db);
  if (family === undefined) {
    return;
  }
  const project = await db
    .selectFrom('project')
    .select(['target_release', 'root_cert', 'ha_mode'])
    .executeTakeFirstOrThrow();
  // Somebody has set another release than that of new projects.
  if (project.target_release !== NEWEST_RELEASE) {
    return;
  }
  await db.updateTable('project').set(settingsOf(family, project)).execute();
};

/** A session of before counts as unconfirmed; it ends within half an hour in any case. */
const describeSessions = async (db: Kysely<Schema>): Promise<void> => {
  for (const [column, length] of [
    ['used_at', 32],
    ['confirmed_at', 32],
    ['address', 64],
    ['user_agent', 256],
  ] as const) {
    const type = sql.raw(`VARCHAR(${length}) NOT NULL DEFAULT ''`);
    await sql`alter table session add column ${sql.id(column)} ${type}`.execute(db);
  }
};

const createEarlierStates = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table earlier_state (
    subject VARCHAR(64) NOT NULL,
    version VARCHAR(32) NOT NULL,
    state TEXT NOT NULL,
    at VARCHAR(32) NOT NULL,
    primary key (subject, version)
  )`.execute(db);
};

const addAccessTokens = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table access_token (
    id VARCHAR(32) PRIMARY KEY,
    user_id INTEGER NOT NULL,
    name VARCHAR(512) NOT NULL,
    secret_sha256 VARCHAR(64) NOT NULL,
    scopes VARCHAR(256) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    expires_at VARCHAR(32) NOT NULL,
    used_at VARCHAR(32) NOT NULL
  )`.execute(db);
  await sql`create index access_token_user on access_token (user_id)`.execute(db);
};

const addInvitations = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table invitation (
    id VARCHAR(32) PRIMARY KEY,
    secret_sha256 VARCHAR(64) NOT NULL,
    email VARCHAR(254) NOT NULL,
    organization VARCHAR(512) NOT NULL,
    role VARCHAR(64) NOT NULL,
    invited_by VARCHAR(254) NOT NULL,
    inviter_id INTEGER NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    expires_at VARCHAR(32) NOT NULL,
    uses_left INTEGER NOT NULL,
    accepted_by TEXT NOT NULL
  )`.execute(db);
};

const addMail = async (db: Kysely<Schema>): Promise<void> => {
  for (const [column, length] of [
    ['language', 8],
    ['email_asked_at', 32],
    ['email_confirmed_at', 32],
    ['logged_in_at', 32],
  ] as const) {
    const type = sql.raw(`VARCHAR(${length}) NOT NULL DEFAULT ''`);
    await sql`alter table ${sql.id('user')} add column ${sql.id(column)} ${type}`.execute(db);
  }
  await sql`create table outbox (
    id VARCHAR(32) PRIMARY KEY,
    channel VARCHAR(32) NOT NULL,
    event VARCHAR(32) NOT NULL,
    recipient VARCHAR(254) NOT NULL,
    payload TEXT NOT NULL,
    once VARCHAR(160),
    state VARCHAR(16) NOT NULL,
    attempts INTEGER NOT NULL,
    next_at VARCHAR(32) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    expires_at VARCHAR(32) NOT NULL,
    settled_at VARCHAR(32) NOT NULL,
    error VARCHAR(32) NOT NULL,
    error_detail TEXT NOT NULL
  )`.execute(db);
  await sql`create index outbox_due on outbox (state, next_at)`.execute(db);
  await sql`create unique index outbox_once on outbox (once)`.execute(db);
  await sql`create table one_time_link (
    id VARCHAR(32) PRIMARY KEY,
    purpose VARCHAR(16) NOT NULL,
    user_id INTEGER NOT NULL,
    email VARCHAR(254) NOT NULL,
    secret_sha256 VARCHAR(64) NOT NULL,
    created_at VARCHAR(32) NOT NULL,
    expires_at VARCHAR(32) NOT NULL
  )`.execute(db);
  await sql`create index one_time_link_user on one_time_link (user_id)`.execute(db);
};

const addIndexes = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create index client_name_lower on client (lower(name))`.execute(db);
  await sql`create index session_expires on session (expires_at)`.execute(db);
};

/** Notes where rows from before there was a key end; the backend generates the key, which it alone has. */
const keyAudit = async (db: Kysely<Schema>): Promise<void> => {
  for (const [column, type] of [
    ['keyed_after', 'INTEGER NOT NULL DEFAULT 0'],
    ['keyed_after_hash', "VARCHAR(64) NOT NULL DEFAULT ''"],
    ['unproven_until', 'INTEGER NOT NULL DEFAULT 0'],
    ['key_id', "VARCHAR(32) NOT NULL DEFAULT ''"],
    ['sealed_key', "VARCHAR(128) NOT NULL DEFAULT ''"],
  ] as const) {
    await sql`alter table audit_head add column ${sql.id(column)} ${sql.raw(type)}`.execute(db);
  }
  await sql`update audit_head set keyed_after = last_id, keyed_after_hash = hash`.execute(db);
};

/** `zipcrypto` was the default, which nobody had to choose: what a project allows is stored now. */
const renameEncryption = async (db: Kysely<Schema>): Promise<void> => {
  await db
    .updateTable('project')
    .set({ zip_encryption: 'any' })
    .where('zip_encryption', '!=', 'aes256')
    .execute();
};

/** Indexes what the page's lists are sorted and narrowed by. */
const addPageLists = async (db: Kysely<Schema>): Promise<void> => {
  for (const [table, column] of [
    ['user', 'name'],
    ['user', 'created_at'],
    ['user', 'approval_state'],
    ['client', 'created_at'],
    ['client', 'approval_state'],
    ['certificate', 'holder_id'],
    ['certificate', 'not_after'],
    ['audit', 'target'],
  ] as const) {
    const name = sql.id(`${table}_by_${column}`);
    await sql`create index ${name} on ${sql.id(table)} (${sql.id(column)})`.execute(db);
  }
};

/**
 * All migrations, oldest first; those that create tables get the engine's definitions of the first one. One that
 * removes or changes what the version before uses "contracts": earlier versions then refuse the database.
 */
const MIGRATIONS: readonly (readonly [
  name: string,
  up: (db: Kysely<Schema>, tables: TableDefinitions) => Promise<void>,
  effect?: 'contracts',
])[] = [
  ['0001-tables', createTables],
  ['0002-indexes', addIndexes],
  ['0003-taken-over', takeOver],
  ['0004-issued-names', reserveIssuedNames],
  ['0005-sessions', describeSessions],
  ['0006-earlier-states', createEarlierStates],
  ['0007-unique-rows', addUniqueIndexes],
  ['0008-access-tokens', addAccessTokens],
  ['0009-invitations', addInvitations],
  ['0010-certificate-states', addCertificateStates],
  ['0011-keyed-audit', keyAudit],
  ['0012-encryption-policy', renameEncryption],
  ['0013-certificate-requests', addCertificateRequests],
  ['0014-mail', addMail],
  ['0015-second-factors', addSecondFactors],
  ['0016-identities', addIdentities],
  ['0017-page-lists', addPageLists],
  ['0018-enrolment-tokens', addEnrolmentTokens],
  ['0020-outdated-kits', addOutdatedKits],
  ['0022-webhooks', addWebhooks],
  ['0025-passkeys', addPasskeys],
  ['0026-organization-details', addOrganizationDetails],
  ['0030-list-order', addListOrder],
  ['0032-objections', addObjections],
  ['0033-request-messages', addRequestMessages],
  ['0034-project-face', addProjectFace],
  ['0040-own-root', addOwnRoot],
  ['0041-root-renewal', addRootRenewal],
  ['0045-kit-settings', addKitSettings],
  ['0046-relays', addRelays],
  [FIRST_COMPATIBLE, addSchemaCompatibility],
  ['0054-overview-indexes', addOverviewIndexes],
  ['0056-syslog-position', addSyslogPosition],
  ['0057-issued-kits', addIssuedKits],
  ['0060-project-tokens', addProjectTokens],
  ['0063-saved-views', addSavedViews],
  ['0064-row-repairs', addRowRepairs],
];

/** Name of the migration that creates the tables. */
export const FIRST_MIGRATION = MIGRATIONS[0]?.[0] ?? '';

export const isMigration = (name: string): boolean => MIGRATIONS.some(([known]) => known === name);

/** Returns true when none of this version's migrations is left to do. */
export const areAllAmong = (executed: readonly string[]): boolean =>
  MIGRATIONS.every(([name]) => executed.includes(name));

/** Name of the newest migration, to see without loading the migrator that nothing is left to do. */
export const LATEST_MIGRATION = MIGRATIONS.at(-1)?.[0] ?? '';

/** @param tables the engine's definitions of the first migration */
export const migrationsOf = (tables: TableDefinitions): MigrationProvider => ({
  getMigrations: () =>
    Promise.resolve(
      Object.fromEntries(
        MIGRATIONS.map(([name, up, effect]): [string, Migration] => [
          name,
          {
            up: async (db: Kysely<Schema>) => {
              await up(db, tables);
              if (effect === 'contracts') {
                await requireMigration(db, name);
              }
            },
          },
        ]),
      ),
    ),
});
