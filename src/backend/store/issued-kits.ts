import { AWAITED } from './certificates.ts';
import type { Reader, Trx } from './database.ts';
import type { Schema } from './schema.ts';

export type IssuedKitRow = Schema['issued_kit'];

/** A kit that was handed out, with its certificate. */
export interface KitInUse extends IssuedKitRow {
  readonly holder: string;
  readonly common_name: string;
  readonly organization: string;
}

/** Keeps what a kit contains, and forgets the kits that its certificate supersedes. */
export const keepIssuedKit = async (trx: Trx, row: IssuedKitRow): Promise<void> => {
  const { participant, form, content } = row;
  await trx
    .insertInto('issued_kit')
    .values(row)
    .onConflict((conflict) => conflict.column('serial').doUpdateSet({ participant, form, content }))
    .execute();
  await trx
    .deleteFrom('issued_kit')
    .where('serial', 'in', (db) =>
      db.selectFrom('certificate').select('serial').where('superseded_by', '=', row.serial),
    )
    .execute();
};

/** Returns the kit around a certificate as it was fetched last. */
export const issuedKitOf = (db: Reader, serial: string): Promise<IssuedKitRow | undefined> =>
  db.selectFrom('issued_kit').selectAll().where('serial', '=', serial).executeTakeFirst();

/**
 * Returns the kits whose certificates are valid and superseded by none.
 *
 * @param now stored time
 * @param serials only these, where given
 */
export const kitsInUse = (
  db: Reader | Trx,
  now: string,
  serials?: readonly string[],
): Promise<KitInUse[]> => {
  const query = db
    .selectFrom('issued_kit')
    .innerJoin('certificate', 'certificate.serial', 'issued_kit.serial')
    .selectAll('issued_kit')
    .select(['certificate.holder', 'certificate.common_name', 'certificate.organization'])
    .where('certificate.revoked_at', '=', '')
    .where('certificate.not_after', '>', now)
    .where('certificate.superseded_by', 'in', ['', AWAITED])
    .orderBy('certificate.id');
  return serials === undefined
    ? query.execute()
    : query.where('issued_kit.serial', 'in', serials.length === 0 ? [''] : serials).execute();
};
