import { approvalOf, PENDING } from '../../../contract/approval.ts';
import type { ClientPatch, ClientView } from '../../../contract/api/client.ts';
import { ApiError } from '../../../contract/errors.ts';
import { participantTypeOf } from '../../../contract/participant-type.ts';
import { authorize, isAllowed } from '../../auth/authorization.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Requester, Principal } from '../../auth/principal.ts';
import { capacityOf, propsText } from '../../store/stored-json.ts';
import {
  clientById,
  replaceCapacity,
  updateClient,
  type ClientChange,
  type ClientRow,
} from '../../store/sites.ts';
import type { Trx } from '../../store/database.ts';
import { findOrCreateId } from '../../store/named-rows.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { userById } from '../../store/users.ts';
import { keepSeen, requireSeen, seenSite, type Seeing } from '../approvals/seen-version.ts';
import { announceDecision, announceRequest } from '../outbox/announce.ts';
import { claimantOf } from '../names/claimant.ts';
import { requireFreeNames } from '../names/require-free-name.ts';
import { refuseFields } from '../users/user-fields.ts';
import { checkClientFields, mergedCapacity, listenerClaims } from './site-fields.ts';
import { clientView } from './site-view.ts';
import { siteOwnerId } from './site-owner.ts';
import { requirePrincipal, siteFor } from './sites.ts';

/** Fields that only the project admin may set. */
const ADMINISTERED = ['approval_state', 'approval_reason', 'creator'] as const;

const authorizeChange = (principal: Principal, site: ClientRow, patch: Seeing<ClientPatch>): void => {
  if (ADMINISTERED.some((key) => patch[key] !== undefined)) {
    authorize(principal, 'clients.administer');
  }
  if (isAllowed(principal, 'clients.administer')) {
    return;
  }
  if (patch.organization !== undefined && patch.organization !== site.organization) {
    throw new ApiError('unauthorized', 'Only the project admin can move a site to another organization.');
  }
  const renamed = patch.name !== undefined && patch.name !== site.name;
  if (renamed && approvalOf(site.approval_state) === 'approved') {
    throw new ApiError('unauthorized', 'An approved site can be renamed by the project admin only.');
  }
};

/** Id of the org admin who takes the site over. @throws ApiError `invalid` when that cannot be */
const newCreator = async (trx: Trx, email: string, organization: string): Promise<number> => {
  const id = await siteOwnerId(trx, email, organization);
  if (id === undefined) {
    refuseFields([{ path: 'creator', message: `is not an approved org admin of ${organization}` }]);
  }
  return id ?? 0;
};

const columnsOf = async (
  trx: Trx,
  site: ClientRow,
  patch: Seeing<ClientPatch>,
  at: string,
): Promise<ClientChange> => {
  const organization = patch.organization ?? site.organization;
  const moved = organization !== site.organization;
  const given: ClientChange = {
    ...(patch.name === undefined ? {} : { name: patch.name }),
    ...(patch.description === undefined ? {} : { description: patch.description }),
    ...(patch.props === undefined ? {} : { props: propsText(patch.props) }),
    ...(patch.approval_state === undefined ? {} : { approval_state: patch.approval_state }),
    ...(patch.approval_reason === undefined ? {} : { approval_reason: patch.approval_reason }),
    ...(moved ? { organization_id: await findOrCreateId(trx, 'organization', organization, at) } : {}),
    ...(patch.creator === undefined
      ? {}
      : { creator_id: await newCreator(trx, patch.creator, organization) }),
  };
  const stored = new Map<string, unknown>(Object.entries(site));
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => stored.get(key) !== value));
};

/** A site that was denied is looked at again when its org admin changes it. */
const isResubmitted = (principal: Principal, site: ClientRow, isChanged: boolean): boolean =>
  isChanged && approvalOf(site.approval_state) === 'denied' && !isAllowed(principal, 'clients.administer');

/** Properties reach the certificate and the configuration of a kit: what was not approved is not issued. */
const isUnapproved = (principal: Principal, site: ClientRow, columns: ClientChange): boolean =>
  columns.props !== undefined &&
  approvalOf(site.approval_state) === 'approved' &&
  !isAllowed(principal, 'clients.administer');

const actionOf = (columns: ClientChange): string => {
  if (columns.approval_state === undefined) {
    return columns.creator_id === undefined ? 'client.change' : 'client.hand_over';
  }
  const decided = { approved: 'client.approve', denied: 'client.deny', pending: 'client.reset' } as const;
  return decided[approvalOf(columns.approval_state)];
};

/** Tells whoever registered the site what was decided, or the project admins that it waits again. */
const announceState = async (
  context: ServiceContext,
  trx: Trx,
  before: ClientRow,
  after: ClientRow,
): Promise<void> => {
  const decision = approvalOf(after.approval_state);
  if (decision === approvalOf(before.approval_state)) {
    return;
  }
  if (decision === 'pending') {
    await announceRequest(context, trx, { kind: 'site', name: after.name, organization: after.organization });
    return;
  }
  const owner = await userById(trx, after.creator_id);
  if (owner !== undefined) {
    const reason = decision === 'denied' ? after.approval_reason : '';
    await announceDecision(context, trx, owner.email, { kind: 'site', name: after.name, decision, reason });
  }
};

/**
 * Changes a site. Once it is approved, only the project admin changes its name and organization, and other properties
 * set by its org admin wait for approval again, and so does a denied site that its org admin changes.
 *
 * @throws ApiError `not_found`, `unauthorized`, `invalid`, `conflicting` when the new name is taken, `changed`
 */
export const patchClient = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
  patch: Seeing<ClientPatch>,
): Promise<ClientView> => {
  const principal = requirePrincipal(requester);
  const result = await change(context, requester, async (trx, audit) => {
    const site = await siteFor(trx, principal, 'clients.change', id);
    authorizeChange(principal, site, patch);
    await requireSeen(trx, patch.version, seenSite(site));
    const claimant = claimantOf('client', { ...site, organization: patch.organization ?? site.organization });
    const renamed = patch.name !== undefined && patch.name !== site.name;
    const moved = patch.organization !== undefined && patch.organization !== site.organization;
    const checked = {
      props: site.type === 'relay' && patch.props === null ? {} : patch.props,
      name: renamed ? patch.name : undefined,
      organization: moved ? patch.organization : undefined,
    };
    const type = participantTypeOf(site.type);
    if (patch.type !== undefined && patch.type !== type) {
      refuseFields([{ path: 'type', message: `is fixed: ${site.name} is registered as a ${type}` }]);
    }
    await checkClientFields(trx, checked, { name: patch.name ?? site.name, type });
    const named = renamed && patch.name?.toLowerCase() !== site.name.toLowerCase();
    await requireFreeNames(trx, claimant, [
      ...(named ? [{ name: patch.name ?? '', use: 'participant', path: 'name' } as const] : []),
      ...listenerClaims(patch.props),
    ]);
    const at = toTimestamp(context.now());
    const wanted = await columnsOf(trx, site, patch, at);
    const before = capacityOf(site.capacity);
    const capacity = mergedCapacity(before, patch.capacity ?? {});
    const resized = JSON.stringify(capacity) !== JSON.stringify(before);
    const isChanged = resized || Object.keys(wanted).length > 0;
    const isPending = isUnapproved(principal, site, wanted) || isResubmitted(principal, site, isChanged);
    const columns = isPending ? { ...wanted, approval_state: PENDING } : wanted;
    const fields = [...Object.keys(columns), ...(resized ? ['capacity'] : [])];
    if (fields.length > 0) {
      if (resized) {
        await replaceCapacity(trx, site, JSON.stringify(capacity), at);
      }
      await updateClient(trx, id, { ...columns, updated_at: at });
      await audit(actionOf(wanted), `client:${site.name}`, {
        id,
        fields,
        ...(renamed ? { name: patch.name } : {}),
        ...(patch.approval_reason === undefined ? {} : { reason: patch.approval_reason }),
      });
    }
    const changed = await clientById(trx, id);
    const view = changed === undefined ? undefined : clientView(principal, changed);
    if (changed === undefined || view === undefined) {
      throw new ApiError('not_found', 'There is no such site.');
    }
    await keepSeen(trx, seenSite(site), seenSite(changed), at);
    await announceState(context, trx, site, changed);
    return view;
  });
  if (patch.approval_state !== undefined && approvalOf(patch.approval_state) === 'approved') {
    context.kitResources.keys.expect();
  }
  return result;
};
