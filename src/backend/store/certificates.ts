import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import type { CertificateState } from '../../contract/revocation.ts';
import { certificateSteps } from './certificate-steps.ts';
import type { Reader, Trx } from './database.ts';
import { likePattern } from './like-pattern.ts';
import { prepared } from './prepared.ts';
import type { CertificateRow, NewCertificate, Schema } from './schema.ts';

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
    holder: slot('holder'),
    holder_id: slot('holder_id'),
    organization: slot('organization'),
    role: slot('role'),
    key_origin: slot('key_origin'),
    public_key_sha256: slot('public_key_sha256'),
    root_sha256: slot('root_sha256'),
    superseded_by: '',
    outdated: '',
    replacement: '',
    revoked_at: '',
    revocation_reason: '',
  }),
);

/** In `superseded_by` while a re-issue awaits the next certificate. */
export const AWAITED = 'awaited';

type Superseding = Pick<NewCertificate, 'holder' | 'kind' | 'common_name' | 'serial'>;

/** A site or person has one certificate of a kind in use, the server one for each of its names. */
const supersede = prepared<Superseding, unknown>((db, slot) =>
  db
    .updateTable('certificate')
    .set({ superseded_by: slot('serial') })
    .where('holder', '=', slot('holder'))
    .where('kind', '=', slot('kind'))
    .where('serial', '!=', slot('serial'))
    .where('superseded_by', 'in', ['', AWAITED])
    .where((row) =>
      row.or([
        row('holder', '!=', 'server'),
        row('common_name', '=', slot('common_name')),
        row('replacement', '=', slot('common_name')),
      ]),
    ),
);

/** Enters a certificate into the ledger, where it supersedes the earlier one of its holder. */
export const insertCertificate = async (trx: Trx, certificate: NewCertificate): Promise<void> => {
  await insert(trx, certificate);
  const { holder, kind, common_name, serial } = certificate;
  if (holder !== '') {
    await supersede(trx, { holder, kind, common_name, serial });
  }
};

const SORTABLE = {
  id: 'certificate.id',
  kind: 'certificate.kind',
  common_name: 'certificate.common_name',
  serial: 'certificate.serial',
  not_before: 'certificate.not_before',
  not_after: 'certificate.not_after',
  requested_by: 'certificate.requested_by',
  created_at: 'certificate.created_at',
} as const;
export type CertificateSort = keyof typeof SORTABLE;
export const isCertificateSort = (text: string): text is CertificateSort => Object.hasOwn(SORTABLE, text);

/** Returns the certificates of a holder, whatever became of them. @param holder as in the ledger */
export const certificatesOfHolder = (db: Reader | Trx, holder: string): Promise<CertificateRow[]> =>
  db.selectFrom('certificate').selectAll().where('holder', '=', holder).execute();

/** Describes what part of the ledger is asked for. */
export interface LedgerFilter {
  readonly q: string;
  readonly state: CertificateState | undefined;
  /** Those whose kit a re-issue changed and whose holder has not fetched the next one, and these serial numbers. */
  readonly outdated?: readonly string[] | undefined;
  readonly kind?: string | undefined;
  readonly holder?: 'client' | 'user' | undefined;
  readonly holderId?: number | undefined;
  /** Stored time: those in force that expire until then. */
  readonly until?: string | undefined;
  /** Stored time of the request, by which certificates are expired or not. */
  readonly now: string;
}

/** A row with what has become of it and of its holder. */
export interface LedgerRow extends CertificateRow {
  readonly state: CertificateState;
  /** Null when the holder has been deleted, or is the server. */
  readonly holder_role: string | null;
  readonly holder_organization: string | null;
}

/** Joins the holder, if there still is one: an ID that the database gave again is told apart by the time. */
const withHolder = (certificates: SelectQueryBuilder<Schema, 'certificate', object>) =>
  certificates
    .leftJoin('client', (join) =>
      join
        .onRef('client.id', '=', 'certificate.holder_id')
        .on(sql<boolean>`certificate.holder = 'client:' || client.id || '@' || client.created_at`),
    )
    .leftJoin('user', (join) =>
      join
        .onRef('user.id', '=', 'certificate.holder_id')
        .on(
          sql<boolean>`certificate.holder = 'user:' || ${sql.ref('user.id')} || '@' || ${sql.ref('user.created_at')}`,
        ),
    )
    .leftJoin('role', 'role.id', 'user.role_id')
    .leftJoin('organization', (join) =>
      join.on(
        sql<boolean>`organization.id = coalesce(client.organization_id, ${sql.ref('user.organization_id')})`,
      ),
    );

type Case = readonly [state: CertificateState, applies: RawBuilder<boolean>];

/**
 * The order of the cases is that of CERTIFICATE_STATES; in force is what none of them applies to. @param now stored
 * time
 */
const casesAt = (now: string): readonly Case[] => [
  ['revoked', sql<boolean>`certificate.revoked_at <> ''`],
  ['expired', sql<boolean>`certificate.not_after <= ${now}`],
  [
    'holder_deleted',
    sql<boolean>`(certificate.holder <> 'server' and client.id is null and ${sql.ref('user.id')} is null)`,
  ],
  ['holder_denied', sql<boolean>`coalesce(client.approval_state, ${sql.ref('user.approval_state')}, 0) < 0`],
  ['superseded', sql<boolean>`certificate.superseded_by <> ''`],
];

const stateAt = (now: string) =>
  sql<CertificateState>`case ${sql.join(
    casesAt(now).map(([state, applies]) => sql`when ${applies} then ${sql.lit(state)}`),
    sql` `,
  )} else 'in_force' end`;

/** As conditions of the columns, of which the engines know how many rows they leave; a case tells them nothing. */
const inState = (state: CertificateState, now: string): RawBuilder<boolean> => {
  const cases = casesAt(now);
  const position = cases.findIndex(([name]) => name === state);
  const before = position < 0 ? cases : cases.slice(0, position);
  const own = position < 0 ? [] : cases.slice(position, position + 1);
  return sql.join(
    [...own.map(([, applies]) => applies), ...before.map(([, applies]) => sql<boolean>`not ${applies}`)],
    sql` and `,
  );
};

/** Returns what of the filter the ledger's own columns tell. */
const narrowedAlone = (db: Reader | Trx, { q, kind, holderId, until, outdated, now }: LedgerFilter) => {
  let query = db.selectFrom('certificate');
  if (outdated !== undefined) {
    query = query
      .where((row) =>
        row.or([
          row('certificate.outdated', 'in', ['kit', 'certificate']),
          ...(outdated.length === 0 ? [] : [row('certificate.serial', 'in', outdated)]),
        ]),
      )
      .where('certificate.superseded_by', 'in', ['', AWAITED])
      .where('certificate.revoked_at', '=', '')
      .where('certificate.not_after', '>', now);
  }
  if (kind !== undefined) {
    query = query.where('certificate.kind', '=', kind);
  }
  if (holderId !== undefined) {
    query = query.where('certificate.holder_id', '=', holderId);
  }
  if (until !== undefined) {
    query = query.where('certificate.not_after', '<=', until);
  }
  if (q === '') {
    return query;
  }
  const pattern = likePattern(q);
  return query.where(
    sql<boolean>`(lower(certificate.common_name) like ${pattern} escape '\\'
      or lower(certificate.kind) like ${pattern} escape '\\'
      or lower(certificate.serial) like ${pattern} escape '\\'
      or lower(certificate.subject_alt_names) like ${pattern} escape '\\'
      or lower(certificate.requested_by) like ${pattern} escape '\\')`,
  );
};

const narrowed = (db: Reader | Trx, filter: LedgerFilter) => {
  const { state, now } = filter;
  let query = withHolder(narrowedAlone(db, filter));
  if (filter.holder !== undefined) {
    query = query.where(filter.holder === 'client' ? 'client.id' : 'user.id', 'is not', null);
  }
  if (filter.until !== undefined) {
    query = query.where(inState('in_force', now));
  }
  if (state !== undefined) {
    query = query.where(inState(state, now));
  }
  return query;
};

/** A page of the ledger; `limit` undefined gives all rows. */
export interface LedgerPage extends LedgerFilter {
  readonly offset: number;
  readonly limit: number | undefined;
  readonly sort: CertificateSort;
  readonly descending: boolean;
}

export const listCertificates = (db: Reader | Trx, page: LedgerPage): Promise<LedgerRow[]> =>
  narrowed(db, page)
    .selectAll('certificate')
    .select(['role.name as holder_role', 'organization.name as holder_organization'])
    .select(stateAt(page.now).as('state'))
    .orderBy(SORTABLE[page.sort], page.descending ? 'desc' : 'asc')
    .orderBy('certificate.id', page.descending ? 'desc' : 'asc')
    .limit(page.limit ?? Number.MAX_SAFE_INTEGER)
    .offset(page.offset)
    .execute();

export const countCertificates = async (db: Reader, filter: LedgerFilter): Promise<number> => {
  const alone = filter.state === undefined && filter.until === undefined && filter.holder === undefined;
  const query = alone
    ? narrowedAlone(db, filter).select((row) => row.fn.countAll<number>().as('total'))
    : narrowed(db, filter).select((row) => row.fn.countAll<number>().as('total'));
  const { total } = await query.executeTakeFirstOrThrow();
  return total;
};

/** Certificates that are read at once. */
const READ_TOGETHER = 1000;
/** Certificates that are counted at once. */
const COUNTED_TOGETHER = 10_000;

/** A certificate in force, as far as a re-issue looks at it. */
export type HeldCertificate = Pick<
  CertificateRow,
  'kind' | 'common_name' | 'serial' | 'holder' | 'holder_id' | 'key_origin'
>;

/** Gives the certificates in force in the order of the ledger. @param now stored time */
export const certificatesInForce = async function* (
  db: Reader | Trx,
  now: string,
): AsyncGenerator<HeldCertificate> {
  for await (const { after, until } of certificateSteps(db, READ_TOGETHER)) {
    yield* await withHolder(db.selectFrom('certificate'))
      .where('certificate.id', '>', after)
      .where('certificate.id', '<=', until)
      .where(inState('in_force', now))
      .select(['certificate.kind', 'certificate.common_name', 'certificate.serial'])
      .select(['certificate.holder', 'certificate.holder_id', 'certificate.key_origin'])
      .orderBy('certificate.id')
      .execute();
  }
};

/** Counts the certificates in force by the month in which they expire, such as "2026-12". @param now stored time */
export const countExpiryMonths = async (
  db: Reader,
  now: string,
): Promise<{ month: string; count: number }[]> => {
  const counts = new Map<string, number>();
  for await (const { after, until } of certificateSteps(db, COUNTED_TOGETHER)) {
    const rows = await withHolder(db.selectFrom('certificate'))
      .where('certificate.id', '>', after)
      .where('certificate.id', '<=', until)
      .where(inState('in_force', now))
      .select((row) => [
        sql<string>`substr(certificate.not_after, 1, 7)`.as('month'),
        row.fn.countAll<number>().as('count'),
      ])
      .groupBy(sql`1`)
      .execute();
    for (const { month, count } of rows) {
      counts.set(month, (counts.get(month) ?? 0) + count);
    }
  }
  return [...counts].map(([month, count]) => ({ month, count })).sort((a, b) => (a.month < b.month ? -1 : 1));
};

/** Counts expired certificates that no newer one supersedes. @param now stored time */
export const countExpired = async (db: Reader, now: string): Promise<number> => {
  const { total } = await db
    .selectFrom('certificate')
    .where('not_after', '<=', now)
    .where('superseded_by', '=', '')
    .where('revoked_at', '=', '')
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};
