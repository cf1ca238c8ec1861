import { certificateSteps } from './certificate-steps.ts';
import { AWAITED } from './certificates.ts';
import type { Reader, Trx } from './database.ts';
import type { Schema } from './schema.ts';

/** Certificates whose kits are read at once. */
const READ_TOGETHER = 200;

export type IssuedKitRow = Schema['issued_kit'];

/** A kit that was handed out, with its certificate. */
export interface KitInUse extends IssuedKitRow {
  /** Of the certificate. */
  readonly id: number;
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

const inUse = (db: Reader | Trx, now: string) =>
  db
    .selectFrom('issued_kit')
    .innerJoin('certificate', 'certificate.serial', 'issued_kit.serial')
    .selectAll('issued_kit')
    .select(['certificate.id', 'certificate.holder', 'certificate.common_name', 'certificate.organization'])
    .where('certificate.revoked_at', '=', '')
    .where('certificate.not_after', '>', now)
    .where('certificate.superseded_by', 'in', ['', AWAITED])
    .orderBy('certificate.id');

/**
 * Gives the kits whose certificates are valid and superseded by none, in the order of the ledger.
 *
 * @param now stored time
 * @param after ID of the certificate to begin behind
 */
export const kitsInUse = async function* (
  db: Reader | Trx,
  now: string,
  after: number,
): AsyncGenerator<KitInUse> {
  for await (const step of certificateSteps(db, READ_TOGETHER, after)) {
    yield* await inUse(db, now)
      .where('certificate.id', '>', step.after)
      .where('certificate.id', '<=', step.until)
      .execute();
  }
};

/** Returns those of the kits in use that have these serial numbers. @param now stored time */
export const kitsInUseOf = (db: Reader | Trx, now: string, serials: readonly string[]): Promise<KitInUse[]> =>
  inUse(db, now)
    .where('issued_kit.serial', 'in', serials.length === 0 ? [''] : serials)
    .execute();
