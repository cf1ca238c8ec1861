import { z } from 'zod';
import type { LedgerQuery, LedgerRow } from '../../../contract/api/root-ca.ts';
import { ApiError } from '../../../contract/errors.ts';
import { isRevocationReason } from '../../../contract/revocation.ts';
import { authorize } from '../../auth/authorization.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import {
  AWAITED,
  countCertificates,
  isCertificateSort,
  listCertificates,
  type LedgerRow as StoredRow,
} from '../../store/certificates.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { listOrder, listReader, PAGE_ROWS } from '../list-order.ts';
import { isOnlyUpdate, outdatedKits, outdatedKitsOf } from './outdated-kits.ts';

const Texts = z.array(z.string());
const DAY_MS = 24 * 60 * 60 * 1000;
const textsOf = (json: string): string[] => Texts.parse(JSON.parse(json));

const holderIn = (row: StoredRow): Pick<LedgerRow, 'holder'> => {
  const { holder_id: id, holder_organization: organization, holder_role: role } = row;
  if (organization === null) {
    return {};
  }
  const kind = row.holder.startsWith('user:') ? 'user' : 'client';
  return { holder: { kind, id, organization, role: role ?? '' } };
};

const revocationIn = (row: StoredRow): Pick<LedgerRow, 'revoked_at' | 'revocation_reason'> =>
  row.revoked_at !== '' && isRevocationReason(row.revocation_reason)
    ? { revoked_at: toHttpDate(row.revoked_at), revocation_reason: row.revocation_reason }
    : {};

type Outdated = NonNullable<LedgerRow['outdated']>;

/** Serial numbers of certificates whose kits are not what they would be now, with the part that differs. */
type OutdatedSerials = ReadonlyMap<string, Outdated>;

/** While the properties file is wrong, no kit can be compared, and none is listed as outdated. */
const outdatedSerials = async (
  context: ServiceContext,
  serials?: readonly string[],
): Promise<OutdatedSerials> => {
  const kits = serials === undefined ? outdatedKits(context) : outdatedKitsOf(context, serials);
  const found = new Map<string, Outdated>();
  try {
    for await (const kit of kits) {
      if (kit.effect !== 'blocked' && !isOnlyUpdate(kit)) {
        found.set(kit.serial, kit.effect);
      }
    }
  } catch (error) {
    if (error instanceof ApiError && error.code === 'project_incomplete') {
      return new Map();
    }
    throw error;
  }
  return found;
};

const succession = (
  { serial, superseded_by: next, outdated }: StoredRow,
  found: OutdatedSerials,
): Partial<LedgerRow> => {
  if (next !== '' && next !== AWAITED) {
    return { superseded_by: next };
  }
  const part = outdated === 'kit' || outdated === 'certificate' ? outdated : found.get(serial);
  return part === undefined ? {} : { outdated: part };
};

const view = (row: StoredRow, found: OutdatedSerials): LedgerRow => ({
  id: row.id,
  kind: row.kind,
  common_name: row.common_name,
  subject_alt_names: textsOf(row.subject_alt_names),
  serial: row.serial,
  sha256: row.sha256,
  not_before: toHttpDate(row.not_before),
  not_after: toHttpDate(row.not_after),
  requested_by: row.requested_by,
  created_at: toHttpDate(row.created_at),
  state: row.state,
  key_origin: row.key_origin === 'site' ? 'site' : 'dashboard',
  organization: row.organization,
  role: row.role,
  ...holderIn(row),
  ...succession(row, found),
  ...revocationIn(row),
});

/** Certificates issued for startup kits, filtered, sorted and paged. */
export const listLedger = async (
  context: ServiceContext,
  requester: Requester,
  query: z.infer<typeof LedgerQuery>,
): Promise<{ kits: LedgerRow[]; total: number }> => {
  authorize(requester.principal, 'kits.list');
  const {
    offset = 0,
    limit = PAGE_ROWS,
    sort,
    q = '',
    state,
    next_kit,
    kind,
    holder,
    holder_id,
    within,
  } = query;
  const now = context.now();
  const until = within === undefined ? undefined : toTimestamp(new Date(now.getTime() + within * DAY_MS));
  const all = next_kit === 'awaited' ? await outdatedSerials(context) : undefined;
  const outdated = all && [...all.keys()];
  const filter = { q, state, outdated, kind, holder, holderId: holder_id, until, now: toTimestamp(now) };
  const page = { ...filter, offset, limit, ...listOrder(sort, isCertificateSort, 'id') };
  // Which state a certificate is in, no index tells either.
  const reader = state === undefined ? listReader(context.db, q) : context.db.searcher();
  const rows = await listCertificates(reader, page);
  const inForce = rows.filter((row) => row.state === 'in_force').map(({ serial }) => serial);
  const found = all ?? (await outdatedSerials(context, inForce));
  return {
    kits: rows.map((row) => view(row, found)),
    total: await countCertificates(reader, filter),
  };
};
