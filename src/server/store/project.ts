import type { Reader, Trx } from './database.ts';
import type { ProjectRow } from './schema.ts';

/** The project: the database holds exactly one. */
export const readProject = (db: Reader | Trx): Promise<ProjectRow> =>
  db.selectFrom('project').selectAll().orderBy('id').executeTakeFirstOrThrow();
