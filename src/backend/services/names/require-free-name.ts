import { ApiError, type FieldProblem } from '../../../contract/errors.ts';
import type { Reader, Trx } from '../../store/database.ts';
import type { Claimant } from './claimant.ts';
import { readKnownNames, type KnownNames } from './known-names.ts';
import { isLoopback } from './loopback.ts';
import { normalizeName } from './normalize-name.ts';

/** Describes what a name is for: the FL server or overseer, a listener of a site, or a site or user itself. */
export type NameUse = 'server' | 'listener' | 'participant';

/** A name that a request asks for. */
export interface NameClaim {
  readonly name: string;
  readonly use: NameUse;
  /** Input that named it, such as `name` or `props.listening_host`. */
  readonly path: string;
}

/** @returns why the claimant cannot have the name */
type Rule = (key: string, claimant: Claimant, known: KnownNames) => string | undefined;

const notLoopback: Rule = (key) => (isLoopback(key) ? 'means every host itself' : undefined);

const notOfServer: Rule = (key, _claimant, { server }) =>
  server.has(key) ? 'is a name of the FL server' : undefined;

const notOfParticipant: Rule = (key, claimant, { participants }) =>
  participants(key).some(({ kind, id }) => kind !== claimant.kind || id !== claimant.id)
    ? 'is taken by a site or user'
    : undefined;

/** Sites of one organization may share a host; those of others may not take its name. */
const notListeningElsewhere: Rule = (key, claimant, { listeners }) =>
  listeners(key).some(
    ({ id, organization }) =>
      !(claimant.kind === 'client' && (claimant.id === id || claimant.organization === organization)),
  )
    ? 'is the host name of a site of another organization'
    : undefined;

const ISSUED = 'stands in a certificate issued to somebody else; only the project admin can release it';

/** A name whose holder cannot be told any more is not that of somebody new, who is not in the ledger either. */
const isAnothers = (holder: string, claimant: Claimant): boolean =>
  holder === '' || holder !== claimant.holder;

const notIssued: Rule = (key, claimant, { holders }) =>
  holders(key).some(({ holder }) => isAnothers(holder, claimant)) ? ISSUED : undefined;

const notIssuedElsewhere: Rule = (key, claimant, { holders }) =>
  holders(key).some(
    ({ holder, kind, organization }) =>
      isAnothers(holder, claimant) && !(kind === 'listener' && organization === claimant.organization),
  )
    ? ISSUED
    : undefined;

const RULES: Readonly<Record<NameUse, readonly Rule[]>> = {
  server: [notOfParticipant, notListeningElsewhere, notIssued],
  listener: [notOfServer, notOfParticipant, notListeningElsewhere, notIssuedElsewhere],
  participant: [notLoopback, notOfServer, notOfParticipant, notListeningElsewhere, notIssued],
};

/** A host's own name belongs to nobody where hosts are named. */
const isOwnable = ({ name, use }: NameClaim): boolean =>
  use === 'participant' || !isLoopback(normalizeName(name));

/**
 * Returns which names belong to somebody else: the FL server and its further names, another site or user, a host of
 * another organization, or the holder of any certificate in the ledger, whatever became of it.
 */
export const nameConflicts = async (
  db: Reader | Trx,
  claimant: Claimant,
  claims: readonly NameClaim[],
): Promise<readonly FieldProblem[]> => {
  const ownable = claims.filter(isOwnable).map((claim) => ({ ...claim, key: normalizeName(claim.name) }));
  if (ownable.length === 0) {
    return [];
  }
  const known = await readKnownNames(
    db,
    ownable.map(({ key }) => key),
  );
  return ownable.flatMap(({ name, use, path, key }): FieldProblem[] => {
    const conflict = RULES[use].map((rule) => rule(key, claimant, known)).find((each) => each !== undefined);
    return conflict === undefined ? [] : [{ path, code: 'taken', message: `${name} ${conflict}` }];
  });
};

/**
 * Ends a request for names that belong to somebody else, see {@link nameConflicts}.
 *
 * @throws ApiError `conflicting` with `fields`
 */
export const requireFreeNames = async (
  db: Reader | Trx,
  claimant: Claimant,
  claims: readonly NameClaim[],
): Promise<void> => {
  const conflicts = await nameConflicts(db, claimant, claims);
  const [first] = conflicts;
  if (first !== undefined) {
    throw new ApiError('conflicting', `The name ${first.message}.`, { fields: conflicts });
  }
};
