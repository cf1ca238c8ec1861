import type { Reader, Trx } from './database.ts';
import type { ProjectLogoRow } from './schema.ts';

/** Returns the logo; undefined without one. */
export const readLogo = (db: Reader | Trx): Promise<ProjectLogoRow | undefined> =>
  db.selectFrom('project_logo').selectAll().executeTakeFirst();

/** Replaces the logo. @param logo undefined to remove it */
export const storeLogo = async (trx: Trx, logo: Omit<ProjectLogoRow, 'id'> | undefined): Promise<void> => {
  await trx.deleteFrom('project_logo').execute();
  if (logo !== undefined) {
    await trx
      .insertInto('project_logo')
      .values({ id: 1, ...logo })
      .execute();
  }
};
