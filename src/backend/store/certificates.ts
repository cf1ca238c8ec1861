import { sql } from 'kysely';
import type { Reader, Trx } from './database.ts';
import { likePattern } from './like-pattern.ts';
import { prepared } from './prepared.ts';
import type { CertificateRow, NewCertificate } from './schema.ts';

const insert = prepared<NewCertificate, unknown>((db, slot) =>
  db.insertInto('certificate').values({
    kind: slot('kind'),
    common_name: slot('common_name'),
    serial: slot('serial'),
    sha256: slot('sha256'),
    not_before: slot('not_before'),
    not_after: slot('not_after'),
    requested_by: slot('requested_by'),
    created_at: slot('created_at'),
    subject_alt_names: slot('subject_alt_names'),
  }),
);

/** Enters a certificate into the ledger. */
export const insertCertificate = async (trx: Trx, certificate: NewCertificate): Promise<void> => {
  await insert(trx, certificate);
};

const SORTABLE = [
  'id',
  'kind',
  'common_name',
  'serial',
  'not_before',
  'not_after',
  'requested_by',
  'created_at',
] as const;
export type CertificateSort = (typeof SORTABLE)[number];
export const isCertificateSort = (text: string): text is CertificateSort =>
  SORTABLE.some((column) => column === text);

const narrowed = (db: Reader, q: string) => {
  const query = db.selectFrom('certificate');
  if (q === '') return query;
  const pattern = likePattern(q);
  return query.where(
    sql<boolean>`(lower(common_name) like ${pattern} escape '\\' or lower(kind) like ${pattern} escape '\\'
      or lower(serial) like ${pattern} escape '\\' or lower(subject_alt_names) like ${pattern} escape '\\'
      or lower(requested_by) like ${pattern} escape '\\')`,
  );
};

/** A page of the ledger; `limit` undefined gives all rows. */
export interface LedgerPage {
  readonly q: string;
  readonly offset: number;
  readonly limit: number | undefined;
  readonly sort: CertificateSort;
  readonly descending: boolean;
}

export const listCertificates = (db: Reader, page: LedgerPage): Promise<CertificateRow[]> =>
  narrowed(db, page.q)
    .selectAll()
    .orderBy(page.sort, page.descending ? 'desc' : 'asc')
    .orderBy('id', page.descending ? 'desc' : 'asc')
    .limit(page.limit ?? Number.MAX_SAFE_INTEGER)
    .offset(page.offset)
    .execute();

export const countCertificates = async (db: Reader, q: string): Promise<number> => {
  const { total } = await narrowed(db, q)
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};
