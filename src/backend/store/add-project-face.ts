import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

const PROJECT = {
  sign_up: 'VARCHAR(16)',
  sign_up_domains: 'TEXT',
  contact: 'TEXT',
  privacy_notice: 'TEXT',
  terms: 'TEXT',
  terms_version: 'TEXT',
  color: 'VARCHAR(7)',
  logo: 'VARCHAR(32)',
} as const;

const USER = { terms_version: 'TEXT', terms_accepted_at: 'VARCHAR(32)' } as const;

/** Adds who may sign up, whom to ask, privacy notice, terms and who accepted them, color and logo. */
export const addProjectFace = async (db: Kysely<Schema>): Promise<void> => {
  for (const [table, columns] of [
    ['project', PROJECT],
    ['user', USER],
  ] as const) {
    for (const [column, type] of Object.entries(columns)) {
      const definition = sql.raw(`${type} NOT NULL DEFAULT ''`);
      await sql`alter table ${sql.id(table)} add column ${sql.id(column)} ${definition}`.execute(db);
    }
  }
  await sql`create table project_logo (
    id INTEGER PRIMARY KEY,
    type VARCHAR(16) NOT NULL,
    content TEXT NOT NULL
  )`.execute(db);
};
