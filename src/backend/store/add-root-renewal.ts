import { createHash, X509Certificate } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** A damaged root is for the start to report, not for the migration. */
const sha256Of = (pem: Buffer): string => {
  try {
    return createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
  } catch {
    return '';
  }
};

/** Adds the former certificates of the root CA, and to each certificate the one that came with it. */
export const addRootRenewal = async (db: Kysely<Schema>): Promise<void> => {
  await sql`create table earlier_root (
    sha256 VARCHAR(64) PRIMARY KEY,
    certificate TEXT NOT NULL,
    not_after VARCHAR(32) NOT NULL,
    replaced_at VARCHAR(32) NOT NULL
  )`.execute(db);
  await sql`alter table certificate add column root_sha256 VARCHAR(64) NOT NULL DEFAULT ''`.execute(db);
  const project = await db.selectFrom('project').select('root_cert').executeTakeFirst();
  const root = project?.root_cert ?? null;
  if (root !== null && root.length > 0) {
    await db
      .updateTable('certificate')
      .set({ root_sha256: sha256Of(Buffer.from(root)) })
      .execute();
  }
};
