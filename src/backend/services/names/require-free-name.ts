import { ApiError } from '../../../contract/errors.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { holdersOf, sitesWithListeners } from '../../store/issued-names.ts';
import { readProject } from '../../store/project.ts';
import { propsOf } from '../../store/stored-json.ts';
import { participantsNamed } from '../../store/taken-names.ts';
import { listeningNamesOf, serverNamesOf } from './claimed-names.ts';
import { normalizeName } from './normalize-name.ts';

/** Names by which every host means itself: of servers and listeners, as in a trial on one machine, never of others. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

export const isLoopback = (name: string): boolean => LOOPBACK.has(name);

/** Who wants to have a name in a certificate. */
export interface Claimant {
  readonly kind: 'client' | 'user' | 'server';
  /** Undefined before the row exists. */
  readonly id: number | undefined;
  /** See {@link holderOf}; empty before the row exists. */
  readonly holder: string;
  readonly organization: string;
}

export const SERVER_CLAIMANT: Claimant = {
  kind: 'server',
  id: undefined,
  holder: 'server',
  organization: '',
};

/** Returns who a row is in the ledger's eyes: an ID that the database gives again is told apart by the time. */
export const holderOf = (
  kind: 'client' | 'user',
  row: { readonly id: number; readonly created_at: string },
): string => `${kind}:${row.id}@${row.created_at}`;

/** Returns a site or user as a claimant of its names. */
export const claimantOf = (
  kind: 'client' | 'user',
  row: { readonly id: number; readonly created_at: string; readonly organization: string },
): Claimant => ({ kind, id: row.id, holder: holderOf(kind, row), organization: row.organization });

/** What a name is for: a participant's own name, or a further name of its listener. */
export type NameUse = 'name' | 'listener';

const projectNames = async (db: Reader | Trx): Promise<ReadonlySet<string>> => {
  const { server1, server2, overseer, server_props } = await readProject(db);
  const names = [server1, server2, overseer, ...serverNamesOf(propsOf(server_props))];
  return new Set(names.filter((name) => name !== '').map(normalizeName));
};

/** Sites of one organization may share a host; those of others may not take its name. */
const isListeningElsewhere = async (db: Reader | Trx, key: string, claimant: Claimant): Promise<boolean> =>
  (await sitesWithListeners(db)).some(
    ({ id, props, organization }) =>
      !(claimant.kind === 'client' && (claimant.id === id || claimant.organization === organization)) &&
      listeningNamesOf(propsOf(props)).map(normalizeName).includes(key),
  );

const conflictOf = async (
  db: Reader | Trx,
  key: string,
  claimant: Claimant,
  use: NameUse,
): Promise<string | undefined> => {
  if (LOOPBACK.has(key)) {
    const isHost = use === 'listener' || claimant.kind === 'server';
    return isHost ? undefined : 'means every host itself';
  }
  if (claimant.kind !== 'server' && (await projectNames(db)).has(key)) return 'is a name of the FL server';
  const others = await participantsNamed(db, key);
  if (others.some(({ kind, id }) => kind !== claimant.kind || id !== claimant.id))
    return 'is taken by a site or user';
  if (await isListeningElsewhere(db, key, claimant))
    return 'is the host name of a site of another organization';
  const holders = await holdersOf(db, key);
  const shared = (holder: { readonly kind: string; readonly organization: string }): boolean =>
    use === 'listener' && holder.kind === 'listener' && holder.organization === claimant.organization;
  return holders.some((each) => each.holder !== claimant.holder && !shared(each))
    ? 'stands in a certificate issued to somebody else; only the project admin can release it'
    : undefined;
};

/**
 * Ends a request for a name that belongs to somebody else: the FL server and its further names, another site or
 * user, a host of another organization, or the holder of any certificate in the ledger, whatever became of it.
 *
 * @param path input that named it, such as `name` or `props.listening_host`
 * @throws ApiError `conflicting` with `fields`
 */
export const requireFreeName = async (
  db: Reader | Trx,
  name: string,
  claimant: Claimant,
  { use = 'name', path }: { readonly use?: NameUse; readonly path: string },
): Promise<void> => {
  const conflict = await conflictOf(db, normalizeName(name), claimant, use);
  if (conflict === undefined) return;
  const message = `The name ${name} ${conflict}.`;
  throw new ApiError('conflicting', message, {
    fields: [{ path, code: 'taken', message: `${name} ${conflict}` }],
  });
};
