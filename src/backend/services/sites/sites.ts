import type { z } from 'zod';
import { APPROVED, approvalOf, PENDING } from '../../../contract/approval.ts';
import type { SitesQuery } from '../../../contract/api/response.ts';
import type { ClientCreate, ClientView } from '../../../contract/api/client.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorize, authorizeUser, isAllowed, type Operation } from '../../auth/authorization.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Requester, Principal } from '../../auth/principal.ts';
import {
  countClients,
  isClientSort,
  listClients as listStored,
  type ClientScope,
} from '../../store/site-list.ts';
import { clientById, deleteClient as deleteStored, type ClientRow } from '../../store/sites.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { dropOrphanedRequests } from '../../store/certificate-requests.ts';
import { dropStates } from '../../store/earlier-states.ts';
import { announceRequest } from '../outbox/announce.ts';
import { requireRoomForSites } from '../approvals/pending-limits.ts';
import { requireSeen, seenSite, type SeenVersions } from '../approvals/seen-version.ts';
import { registerSite } from './register-site.ts';
import { mergedCapacity } from './site-fields.ts';
import { clientView, relationTo } from './site-view.ts';
import { listOrder, listReader, PAGE_ROWS } from '../list-order.ts';
import { creatorOfSite } from './creator-of-site.ts';

/** Who is asking, when anybody is. @throws ApiError `unauthenticated` */
export const requirePrincipal = (requester: Requester): Principal => {
  if (requester.principal === undefined) {
    throw new ApiError('unauthenticated', 'Log in first.');
  }
  return requester.principal;
};

const noSite = (): ApiError => new ApiError('not_found', 'There is no such site.');

/**
 * Returns the site, if the principal may do that with it.
 *
 * @throws ApiError `not_found`, `not_approved`, `unauthorized`
 */
export const siteFor = async (
  db: Reader | Trx,
  principal: Principal,
  operation: Operation,
  id: number,
): Promise<ClientRow> => {
  const site = await clientById(db, id);
  if (site === undefined) {
    throw noSite();
  }
  authorize(principal, operation, relationTo(principal, site));
  return site;
};

const scopeOf = (principal: Principal): ClientScope => {
  if (isAllowed(principal, 'clients.administer')) {
    return { kind: 'all' };
  }
  if (isAllowed(principal, 'clients.list', 'organization')) {
    return { kind: 'organization', organization: principal.organization, approvedFrom: APPROVED };
  }
  authorize(principal, 'clients.list', 'own');
  return { kind: 'own', creatorId: principal.id, organization: principal.organization };
};

/** Returns a page of the sites the requester may see, filtered and sorted. */
export const listClients = async (
  context: ServiceContext,
  requester: Requester,
  query: z.infer<typeof SitesQuery>,
): Promise<{ clients: ClientView[]; total: number }> => {
  const principal = requirePrincipal(requester);
  const scope = scopeOf(principal);
  // Who owns and downloads what is known within one's organization alone.
  if (scope.kind !== 'all' && query.owner !== undefined && query.owner !== principal.id) {
    return { clients: [], total: 0 };
  }
  const { offset = 0, limit = PAGE_ROWS, sort, ...filter } = query;
  const visible = scope.kind === 'all' || query.owner !== undefined ? filter : { ...filter, kit: undefined };
  const page = { offset, limit, ...listOrder(sort, isClientSort, 'id') };
  const reader = listReader(context.db, query.q);
  const rows = await listStored(reader, scope, visible, page);
  const isWhole = page.offset === 0 && rows.length < limit;
  const total = isWhole ? rows.length : await countClients(reader, scope, visible);
  return { clients: rows.flatMap((row) => clientView(principal, row) ?? []), total };
};

/** One site. @throws ApiError `not_found` also for one the requester may not see */
export const getClient = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
): Promise<ClientView> => {
  const principal = requirePrincipal(requester);
  if (principal.approval === 'pending') {
    authorize(principal, 'clients.list', 'own');
  }
  const site = await clientById(context.db.reader, id);
  const view = site === undefined ? undefined : clientView(principal, site);
  if (view === undefined) {
    throw noSite();
  }
  return view;
};

/**
 * Registers a site, which then waits for approval.
 *
 * @throws ApiError `unauthorized`, `invalid`, `conflicting` when the name is taken, `too_many_requests`
 */
export const createClient = async (
  context: ServiceContext,
  requester: Requester,
  input: ClientCreate,
): Promise<ClientView> => {
  const principal = requirePrincipal(requester);
  const organization =
    input.organization === undefined || input.organization === ''
      ? principal.organization
      : input.organization;
  const relation =
    organization === principal.organization && organization !== '' ? 'organization' : 'foreign';
  authorizeUser(principal, 'clients.create', relation);
  return change(context, requester, async (trx, audit) => {
    await requireRoomForSites(trx, principal, 1);
    const { name, description, props, type } = input;
    const capacity = mergedCapacity({ num_of_gpus: 0, mem_per_gpu_in_GiB: 0 }, input.capacity ?? {});
    const site = { name, type, organization, description, props, capacity };
    const owned = { ...site, creatorId: await creatorOfSite(trx, principal.id), approvalState: PENDING };
    const id = await registerSite({ trx, audit }, owned, context.now());
    if (!isAllowed(principal, 'clients.administer')) {
      await announceRequest(context, trx, { kind: 'site', name: input.name, organization });
    }
    const created = await clientById(trx, id);
    const view = created === undefined ? undefined : clientView(principal, created);
    if (view === undefined) {
      throw noSite();
    }
    return view;
  });
};

/**
 * Deletes a site; an approved one only the project admin.
 *
 * @throws ApiError `not_found`, `unauthorized`
 */
export const deleteClient = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
  version?: SeenVersions,
): Promise<void> => {
  const principal = requirePrincipal(requester);
  await change(context, requester, async (trx, audit) => {
    const site = await siteFor(trx, principal, 'clients.delete', id);
    await requireSeen(trx, version, seenSite(site));
    if (approvalOf(site.approval_state) === 'approved') {
      if (!isAllowed(principal, 'clients.administer')) {
        throw new ApiError('unauthorized', 'An approved site can be deleted by the project admin only.');
      }
    }
    await deleteStored(trx, site);
    await dropOrphanedRequests(trx);
    await dropStates(trx, seenSite(site).subject);
    await audit('client.delete', `client:${site.name}`, { id, organization: site.organization });
  });
};
