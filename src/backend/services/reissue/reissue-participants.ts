import type { KitParticipant } from '../../../contract/kit.ts';
import type { KeyOrigin } from '../../../contract/revocation.ts';
import { isRole, type Role } from '../../../contract/roles.ts';
import type { HeldCertificate } from '../../store/certificates.ts';
import type { Reader, Trx } from '../../store/database.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { clientsByIds, type ClientRow } from '../../store/sites.ts';
import { propsOf } from '../../store/stored-json.ts';
import { usersByIds, type UserRow } from '../../store/users.ts';
import { siteParticipant } from '../kits/kit-participants.ts';

/** Holders whose rows are read with one query. */
const READ_TOGETHER = 50;

/** A participant before and after a re-issue; undefined where the project does not have it then. */
export interface ReissuedParticipant {
  readonly kind: 'server' | 'overseer' | 'client' | 'user';
  readonly id?: number;
  readonly name: string;
  readonly organization: string;
  readonly before: KitParticipant | undefined;
  readonly after: KitParticipant | undefined;
  /** Certificates in force. */
  readonly certificates: readonly HeldCertificate[];
}

export const keyOriginOf = (rows: readonly HeldCertificate[]): KeyOrigin | undefined => {
  const [row] = rows;
  return row === undefined ? undefined : row.key_origin === 'site' ? 'site' : 'dashboard';
};

/** The rows of the holders of some certificates, by ID. */
interface Holders {
  readonly sites: ReadonlyMap<number, ClientRow>;
  readonly users: ReadonlyMap<number, UserRow>;
}

const isSite = ([row]: readonly HeldCertificate[]): boolean => row?.holder.startsWith('client:') ?? false;

const idOf = ([row]: readonly HeldCertificate[]): number => row?.holder_id ?? 0;

const holdersOf = async (
  db: Reader | Trx,
  held: readonly (readonly HeldCertificate[])[],
): Promise<Holders> => ({
  sites: await clientsByIds(db, held.filter(isSite).map(idOf)),
  users: await usersByIds(db, held.filter((rows) => !isSite(rows)).map(idOf)),
});

const holderParticipant = (
  { sites, users }: Holders,
  rows: readonly HeldCertificate[],
  roles: ReadonlyMap<number, Role>,
): ReissuedParticipant | undefined => {
  const id = idOf(rows);
  if (isSite(rows)) {
    const site = sites.get(id);
    if (site === undefined) {
      return undefined;
    }
    const { name, organization } = site;
    const participant = siteParticipant(site);
    return {
      kind: 'client',
      id,
      name,
      organization,
      before: participant,
      after: participant,
      certificates: rows,
    };
  }
  const user = users.get(id);
  if (user === undefined || !isRole(user.role)) {
    return undefined;
  }
  const { email, organization, role } = user;
  const before = { kind: 'admin' as const, email, organization, role, props: propsOf(user.props) ?? {} };
  const after = { ...before, role: roles.get(id) ?? role };
  return { kind: 'user', id, name: email, organization, before, after, certificates: rows };
};

/** Servers and overseer; the name is the one before, or the new one of what is added. */
const infrastructure = (
  before: ProjectRow,
  after: ProjectRow,
  rows: readonly HeldCertificate[],
): readonly ReissuedParticipant[] => {
  const named = (kind: string, name: string): readonly HeldCertificate[] =>
    rows.filter((row) => row.kind === kind && row.common_name === name.slice(0, row.common_name.length));
  const server = (index: 1 | 2, has: { readonly before: boolean; readonly after: boolean }) => {
    const participant = { kind: 'server' as const, index };
    const nameIn = (row: ProjectRow): string => (index === 1 ? row.server1 : row.server2);
    return {
      kind: 'server' as const,
      id: index,
      name: has.before ? nameIn(before) : nameIn(after),
      organization: '',
      before: has.before ? participant : undefined,
      after: has.after ? participant : undefined,
      certificates: has.before ? named('server', nameIn(before)) : [],
    };
  };
  const [had, has] = [before.ha_mode !== 0, after.ha_mode !== 0];
  const overseer: ReissuedParticipant = {
    kind: 'overseer',
    name: had ? before.overseer : after.overseer,
    organization: '',
    before: had ? { kind: 'overseer' } : undefined,
    after: has ? { kind: 'overseer' } : undefined,
    certificates: had ? named('overseer', before.overseer) : [],
  };
  const first = server(1, { before: true, after: true });
  return had || has ? [first, server(2, { before: had, after: has }), overseer] : [first];
};

/** The certificates of each holder, in the order of the first of each. */
const byHolder = async (
  rows: AsyncIterable<HeldCertificate>,
): Promise<ReadonlyMap<string, readonly HeldCertificate[]>> => {
  const held = new Map<string, HeldCertificate[]>();
  for await (const row of rows) {
    const known = held.get(row.holder);
    if (known === undefined) {
      held.set(row.holder, [row]);
    } else {
      known.push(row);
    }
  }
  return held;
};

/**
 * Gives whom a re-issue may concern: the servers, and everybody who holds a certificate in force.
 *
 * @param rows certificates in force
 */
export const reissueParticipants = async function* (
  db: Reader | Trx,
  {
    before,
    after,
    rows,
    roles,
  }: {
    readonly before: ProjectRow;
    readonly after: ProjectRow;
    readonly rows: AsyncIterable<HeldCertificate>;
    readonly roles: ReadonlyMap<number, Role>;
  },
): AsyncGenerator<ReissuedParticipant> {
  const held = await byHolder(rows);
  yield* infrastructure(before, after, held.get('server') ?? []);
  const others = [...held].flatMap(([holder, rows]) => (holder === 'server' || holder === '' ? [] : [rows]));
  for (let first = 0; first < others.length; first += READ_TOGETHER) {
    const some = others.slice(first, first + READ_TOGETHER);
    const holders = await holdersOf(db, some);
    for (const rows of some) {
      const participant = holderParticipant(holders, rows, roles);
      if (participant !== undefined) {
        yield participant;
      }
    }
  }
};
