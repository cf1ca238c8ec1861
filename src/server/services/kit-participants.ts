import { approvalOf } from '../../domain/approval.ts';
import { ApiError } from '../../domain/errors.ts';
import type { KitParticipant } from '../../domain/kit.ts';
import { isRole } from '../../domain/roles.ts';
import { authorize } from '../auth/authorization.ts';
import type { Asker } from '../principal.ts';
import { capacityOf, propsOf } from '../stored-json.ts';
import type { Reader, Trx } from '../store/database.ts';
import { countDownload } from '../store/clients.ts';
import { userById } from '../store/users.ts';
import { relationTo } from './client-view.ts';
import { requirePrincipal, visibleSite } from './clients.ts';

/** Whose kit is asked for. */
export type KitTarget =
  | { readonly kind: 'server'; readonly index: 1 | 2 }
  | { readonly kind: 'overseer' }
  | { readonly kind: 'client' | 'user'; readonly id: number };

const requireApproved = (state: number, what: string): void => {
  if (approvalOf(state) !== 'approved') {
    throw new ApiError('not_approved', `${what} is not approved, so there is no startup kit for it.`);
  }
};

const client = async (db: Reader | Trx, asker: Asker, id: number): Promise<KitParticipant> => {
  const principal = requirePrincipal(asker);
  const site = await visibleSite(db, principal, id);
  authorize(principal, 'clients.kit', relationTo(principal, site));
  requireApproved(site.approval_state, 'The site');
  return {
    kind: 'client',
    name: site.name,
    organization: site.organization,
    capacity: capacityOf(site.capacity ?? ''),
    props: propsOf(site.props) ?? {},
  };
};

const user = async (db: Reader | Trx, asker: Asker, id: number): Promise<KitParticipant> => {
  const principal = requirePrincipal(asker);
  authorize(principal, 'users.kit', principal.id === id ? 'own' : 'foreign');
  const row = await userById(db, id);
  if (row === undefined) throw new ApiError('not_found', 'There is no such user.');
  requireApproved(row.approval_state, 'The user');
  if (!isRole(row.role) || row.organization === '') {
    throw new ApiError('conflicting', 'The user has no role or organization yet.');
  }
  return {
    kind: 'admin',
    email: row.email,
    organization: row.organization,
    role: row.role,
    props: propsOf(row.props) ?? {},
  };
};

/**
 * The participant a kit is for, if the asker may have it.
 *
 * @throws ApiError `unauthorized`, `not_approved`, `not_found`, `conflicting` for a user without role
 */
export const kitParticipant = (
  db: Reader | Trx,
  asker: Asker,
  target: KitTarget,
): Promise<KitParticipant> => {
  switch (target.kind) {
    case 'server':
      authorize(asker.principal, 'servers.kit');
      return Promise.resolve(target);
    case 'overseer':
      authorize(asker.principal, 'overseer.kit');
      return Promise.resolve(target);
    case 'client':
      return client(db, asker, target.id);
    case 'user':
      return user(db, asker, target.id);
  }
};

/**
 * Looks again at the end of the wait: the participant must be what the certificate is going to say.
 *
 * @throws ApiError as {@link kitParticipant}, or `conflicting` when name, organization or role changed meanwhile
 */
export const requireUnchanged = async (
  trx: Trx,
  asker: Asker,
  target: KitTarget,
  before: KitParticipant,
): Promise<void> => {
  const now = await kitParticipant(trx, asker, target);
  if (JSON.stringify(now) !== JSON.stringify(before)) {
    throw new ApiError(
      'conflicting',
      'The participant was changed while the kit was made. Ask for it again.',
    );
  }
};

/** Counts a delivered kit where the API shows a count. */
export const countDelivered = async (trx: Trx, target: KitTarget): Promise<void> => {
  if (target.kind === 'client' || target.kind === 'user') await countDownload(trx, target.kind, target.id);
};

/** Name of a participant in audit rows, such as `client:site-1`. */
export const participantLabel = (participant: KitParticipant, fileName: string): string =>
  `${participant.kind}:${fileName.replace(/\.zip$/, '')}`;
