import { approvalOf } from '../../../contract/approval.ts';
import { ApiError, type FieldProblem } from '../../../contract/errors.ts';
import type { KitParticipant } from '../../../contract/kit.ts';
import { isRole } from '../../../contract/roles.ts';
import { authorize } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import { capacityOf, propsOf } from '../../store/stored-json.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { clientById, countDownload, type ClientRow } from '../../store/sites.ts';
import { userById } from '../../store/users.ts';
import { claimantOf, SERVER_CLAIMANT, type Claimant } from '../names/claimant.ts';
import { referenceProblems } from '../project/participant-props.ts';
import { requirePrincipal, siteFor } from '../sites/sites.ts';

/** The participant that a kit is requested for. */
export type KitTarget =
  | { readonly kind: 'server'; readonly index: 1 | 2 }
  | { readonly kind: 'overseer' }
  | { readonly kind: 'client' | 'user'; readonly id: number };

const requireApproved = (state: number, what: string): void => {
  if (approvalOf(state) !== 'approved') {
    throw new ApiError('not_approved', `${what} is not approved, so there is no startup kit for it.`);
  }
};

/** Returns a site or relay as kits see it. */
export const siteParticipant = (site: ClientRow): KitParticipant => {
  const { name, organization } = site;
  const props = propsOf(site.props) ?? {};
  return site.type === 'relay'
    ? { kind: 'relay', name, organization, props }
    : { kind: 'client', name, organization, capacity: capacityOf(site.capacity), props };
};

const client = async (db: Reader | Trx, requester: Requester, id: number): Promise<KitParticipant> => {
  const principal = requirePrincipal(requester);
  const site = await siteFor(db, principal, 'clients.kit', id);
  requireApproved(site.approval_state, 'The site');
  return siteParticipant(site);
};

/**
 * The site that came with an enrolment token, which stands for the right to its kit.
 *
 * @param least `pending`: also a site that is decided on together with its request
 * @throws ApiError `not_found`, `not_approved`
 */
export const enrolledSite = async (
  db: Reader | Trx,
  id: number,
  least: 'approved' | 'pending',
): Promise<KitParticipant> => {
  const site = await clientById(db, id);
  if (site === undefined) {
    throw new ApiError('not_found', 'The site does not exist any more.');
  }
  if (least === 'approved' || approvalOf(site.approval_state) === 'denied') {
    requireApproved(site.approval_state, 'The site');
  }
  return siteParticipant(site);
};

/**
 * Returns an approved user for work that nobody requested.
 *
 * @throws ApiError `not_found`, `not_approved`, `conflicting` for a user without role
 */
export const approvedUser = async (db: Reader | Trx, id: number): Promise<KitParticipant> => {
  const row = await userById(db, id);
  if (row === undefined) {
    throw new ApiError('not_found', 'There is no such user.');
  }
  requireApproved(row.approval_state, 'The user');
  if (!isRole(row.role) || row.organization === '') {
    throw new ApiError('conflicting', 'The user has no role or organization yet.', {
      fields: [{ path: 'role', code: 'no_role', message: 'is not chosen yet, or the organization is not' }],
    });
  }
  return {
    kind: 'admin',
    email: row.email,
    organization: row.organization,
    role: row.role,
    props: propsOf(row.props) ?? {},
  };
};

const user = (db: Reader | Trx, requester: Requester, id: number): Promise<KitParticipant> => {
  const principal = requirePrincipal(requester);
  authorize(principal, 'users.kit', principal.id === id ? 'own' : 'foreign');
  return approvedUser(db, id);
};

/**
 * The participant a kit is for, if the requester may have it.
 *
 * @throws ApiError `unauthorized`, `not_approved`, `not_found`, `conflicting` for a user without role
 */
export const kitParticipant = (
  db: Reader | Trx,
  requester: Requester,
  target: KitTarget,
): Promise<KitParticipant> => {
  switch (target.kind) {
    case 'server':
      authorize(requester.principal, 'servers.kit');
      return Promise.resolve(target);
    case 'overseer':
      authorize(requester.principal, 'overseer.kit');
      return Promise.resolve(target);
    case 'client':
      return client(db, requester, target.id);
    case 'user':
      return user(db, requester, target.id);
  }
};

/** @throws ApiError `project_incomplete` when the properties name a relay or a parent that the project has not */
export const requireKnownReferences = async (db: Reader, participant: KitParticipant): Promise<void> => {
  if (participant.kind === 'server' || participant.kind === 'overseer') {
    return;
  }
  const self = participant.kind === 'admin' ? '' : participant.name;
  const problems = await referenceProblems(db, participant.kind, participant.props, self);
  const [first] = problems;
  if (first === undefined) {
    return;
  }
  const fields = problems.map(({ path, message }) => ({ path: `props.${path}`, message }));
  throw new ApiError('project_incomplete', `props.${first.path} ${first.message}.`, { fields });
};

const changedFields = (before: KitParticipant, now: KitParticipant): readonly FieldProblem[] => {
  const earlier = new Map(Object.entries(before));
  return Object.entries(now)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(earlier.get(key)))
    .map(([path]) => ({ path, code: 'changed' as const, message: 'was changed while the kit was made' }));
};

/** @throws ApiError `conflicting` when name, organization, role or properties changed meanwhile */
export const requireSame = (before: KitParticipant, now: KitParticipant): void => {
  if (JSON.stringify(now) !== JSON.stringify(before)) {
    throw new ApiError(
      'conflicting',
      'The participant was changed while the kit was made. Ask for it again.',
      { fields: changedFields(before, now) },
    );
  }
};

/**
 * Looks again at the end of the wait: the participant must be what the certificate is going to say.
 *
 * @throws ApiError as {@link kitParticipant}, or `conflicting` when name, organization or role changed meanwhile
 */
export const requireUnchanged = async (
  trx: Trx,
  requester: Requester,
  target: KitTarget,
  before: KitParticipant,
): Promise<void> => {
  requireSame(before, await kitParticipant(trx, requester, target));
};

/** Returns whose names the participant's certificates carry. @throws ApiError `not_found` */
export const claimantFor = async (trx: Trx, target: KitTarget): Promise<Claimant> => {
  if (target.kind === 'server' || target.kind === 'overseer') {
    return SERVER_CLAIMANT;
  }
  const row = target.kind === 'client' ? await clientById(trx, target.id) : await userById(trx, target.id);
  if (row === undefined) {
    throw new ApiError('not_found', 'The participant does not exist any more.');
  }
  return claimantOf(target.kind, row);
};

/** Counts a delivered kit where the API shows a count. */
export const countDelivered = async (trx: Trx, target: KitTarget): Promise<void> => {
  if (target.kind === 'client' || target.kind === 'user') {
    await countDownload(trx, target.kind, target.id);
  }
};

/** Name of a participant in audit rows, such as `client:site-1`. */
export const participantLabel = (participant: KitParticipant, fileName: string): string =>
  `${participant.kind}:${fileName.replace(/\.zip$/, '')}`;
