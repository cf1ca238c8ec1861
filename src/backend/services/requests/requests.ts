import type { z } from 'zod';
import type { RequestResponse, RequestsQuery, RequestView } from '../../../contract/api/requests.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser, isAllowed, type Operation } from '../../auth/authorization.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import {
  certificatesForKey,
  countRequests,
  listRequests as listStored,
  requestById,
} from '../../store/certificate-requests.ts';
import type { Reader, Trx } from '../../store/database.ts';
import type { RequestRow } from '../../store/schema.ts';
import { clientById } from '../../store/sites.ts';
import { PAGE_ROWS } from '../list-order.ts';
import { relationTo } from '../sites/site-view.ts';
import { requestView } from './request-view.ts';

const noRequest = (): ApiError => new ApiError('not_found', 'There is no such request.');

/** Requests of the own account and of the sites one is responsible for are one's own. */
const isOwn = async (db: Reader | Trx, principal: Principal, row: RequestRow): Promise<boolean> => {
  if (row.holder_kind === 'user') {
    return row.holder_id === principal.id;
  }
  const site = row.holder_kind === 'client' ? await clientById(db, row.holder_id) : undefined;
  return site !== undefined && principal.role === 'org_admin' && relationTo(principal, site) === 'own';
};

/** @throws ApiError `not_found` also for one that the requester may not see */
export const requestFor = async (
  db: Reader | Trx,
  requester: Requester,
  operation: Operation,
  id: string,
): Promise<RequestRow> => {
  const principal = authorizeUser(requester.principal, operation, 'own');
  const row = await requestById(db, id);
  if (row === undefined) {
    throw noRequest();
  }
  if (!isAllowed(principal, operation, 'foreign') && !(await isOwn(db, principal, row))) {
    throw noRequest();
  }
  return row;
};

/** Returns what the ledger has for the key of a request that waits. */
const renewedBy = async (db: Reader | Trx, row: RequestRow): Promise<string | undefined> => {
  const certificates = await certificatesForKey(db, row.public_key_sha256);
  return certificates.find(({ serial, holder }) => serial !== row.serial && holder === row.holder)?.serial;
};

/** Lists requests, newest first: all for the project admin, the own ones for others. */
export const listRequests = async (
  context: ServiceContext,
  requester: Requester,
  { offset = 0, limit = PAGE_ROWS, state }: z.infer<typeof RequestsQuery>,
): Promise<{ readonly requests: RequestView[]; readonly total: number }> => {
  const principal = authorizeUser(requester.principal, 'requests.read', 'own');
  const all = isAllowed(principal, 'requests.read', 'foreign');
  const filter = { state, userId: all ? undefined : principal.id };
  const db = context.db.reader;
  const requests: RequestView[] = [];
  for (const row of await listStored(db, filter, { offset, limit })) {
    requests.push(requestView(context, row, await renewedBy(db, row)));
  }
  return { requests, total: await countRequests(db, filter) };
};

/** @throws ApiError `not_found` */
export const getRequest = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
): Promise<z.infer<typeof RequestResponse>['request']> => {
  const db = context.db.reader;
  const row = await requestFor(db, requester, 'requests.read', id);
  const view = requestView(context, row, await renewedBy(db, row));
  return row.certificate === '' ? view : { ...view, certificate: row.certificate };
};
