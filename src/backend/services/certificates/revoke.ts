import { APPROVED, PENDING } from '../../../contract/approval.ts';
import type { RevocationRequest, RevocationResponse } from '../../../contract/api/certificates.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorize, authorizeUser } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type AuditWriter, type ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import { deleteAccessTokensOf } from '../../store/access-tokens.ts';
import { certificatesBySerial, markRevoked, usableCertificatesOf } from '../../store/revocations.ts';
import type { CertificateRow } from '../../store/schema.ts';
import { deleteSessionsOf } from '../../store/sessions.ts';
import { clientById, updateClient } from '../../store/sites.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { updateUser, userById } from '../../store/users.ts';
import { holderOf } from '../names/claimant.ts';
import { queueWebhooks } from '../webhooks/queue-webhook.ts';
import { currentCrl } from './crl.ts';

type Revoked = Omit<RevocationResponse, 'status'>;

interface Work {
  readonly context: ServiceContext;
  readonly trx: Trx;
  readonly audit: AuditWriter;
  readonly requester: Requester;
  /** Stored time. */
  readonly at: string;
}

const requestedRows = async (
  { trx, at }: Work,
  { serials, all_of_holder: all }: RevocationRequest,
): Promise<readonly CertificateRow[]> => {
  const rows = await certificatesBySerial(trx, [...new Set(serials)]);
  const known = new Set(rows.map(({ serial }) => serial));
  const unknown = serials.findIndex((serial) => !known.has(serial));
  if (unknown !== -1) {
    const message = `is not in the ledger: ${serials[unknown] ?? ''}`;
    throw new ApiError('invalid', `The serial number ${message}.`, {
      fields: [{ path: `serials.${unknown}`, message }],
    });
  }
  const found = new Map(rows.map((row) => [row.serial, row]));
  const holders = all === true ? new Set(rows.map(({ holder }) => holder)) : [];
  for (const holder of holders)
  // Nobody knows whose certificates without a holder are, and the server has several that are independent.
  {
    if (holder !== '' && holder !== 'server') {
      for (const row of await usableCertificatesOf(trx, holder, at)) {
        found.set(row.serial, row);
      }
    }
  }
  return [...found.values()]
    .filter((row) => row.revoked_at === '')
    .toSorted((one, other) => one.id - other.id);
};

/** Lets a person or site wait for approval again, so that nobody downloads the next kit as if nothing had been. */
const suspend = async ({ trx, audit, requester, at }: Work, row: CertificateRow): Promise<string[]> => {
  const suspended = (state: number): boolean => state >= APPROVED;
  const user = row.holder.startsWith('user:') ? await userById(trx, row.holder_id) : undefined;
  if (user !== undefined && holderOf('user', user) === row.holder) {
    if (!suspended(user.approval_state) || user.id === requester.principal?.id) {
      return [];
    }
    await updateUser(trx, user.id, { approval_state: PENDING, updated_at: at });
    await audit('user.reopen', `user:${user.email}`, { approval_state: [user.approval_state, PENDING] });
    return [user.email];
  }
  const site = row.holder.startsWith('client:') ? await clientById(trx, row.holder_id) : undefined;
  if (site === undefined || holderOf('client', site) !== row.holder || !suspended(site.approval_state)) {
    return [];
  }
  await updateClient(trx, site.id, { approval_state: PENDING, updated_at: at });
  await audit('client.reset', `client:${site.name}`, { id: site.id, fields: ['approval_state'] });
  return [site.name];
};

const endAccess = async (trx: Trx, row: CertificateRow): Promise<void> => {
  if (!row.holder.startsWith('user:')) {
    return;
  }
  const user = await userById(trx, row.holder_id);
  if (user !== undefined && holderOf('user', user) === row.holder) {
    await deleteSessionsOf(trx, user.id);
    await deleteAccessTokensOf(trx, user.id);
  }
};

const revokeRows = async (
  work: Work,
  rows: readonly CertificateRow[],
  reason: RevocationRequest['reason'],
): Promise<Omit<Revoked, 'listed'>> => {
  const { context, trx, audit, at } = work;
  for (const { kind, common_name: name, serial } of rows) {
    await markRevoked(trx, serial, reason, at);
    await audit('certificate.revoke', `${kind}:${name}`, { serial, reason });
    await queueWebhooks(context, trx, { type: 'certificate.revoked', data: { kind, name, serial, reason } });
  }
  const byHolder = new Map(rows.map((row) => [row.holder, row]));
  const pending: string[] = [];
  for (const [holder, row] of byHolder) {
    await endAccess(trx, row);
    if ((await usableCertificatesOf(trx, holder, at)).length === 0) {
      pending.push(...(await suspend(work, row)));
    }
  }
  const sites = new Set(rows.filter(({ kind }) => kind === 'client').map(({ common_name: name }) => name));
  return {
    revoked: rows.map(({ kind, common_name, serial, not_after }) => ({
      kind,
      common_name,
      serial,
      not_after: toHttpDate(not_after),
    })),
    pending,
    lock_out: [...sites].map((name) => ({ name, command: `nvflare system disable-client ${name} --force` })),
  };
};

const isListed = async (context: ServiceContext): Promise<boolean> => {
  if (context.rootCa.state() !== 'open') {
    return false;
  }
  return (await currentCrl(context)).complete;
};

/**
 * Revokes certificates for good. Sessions and access tokens of their holders end, and who has no usable certificate left waits for
 * approval again, except for the requester.
 *
 * @throws ApiError `unauthorized`, `confirmation_required`, `invalid` for a serial number that is not in the ledger
 */
export const revokeCertificates = async (
  context: ServiceContext,
  requester: Requester,
  request: RevocationRequest,
): Promise<Revoked> => {
  const principal = authorizeUser(requester.principal, 'certificates.revoke');
  requirePresence(principal, context.now(), PRESENCE_MS);
  const done = await change(context, requester, async (trx, audit) => {
    const work = { context, trx, audit, requester, at: toTimestamp(context.now()) };
    return revokeRows(work, await requestedRows(work, request), request.reason);
  });
  return { ...done, listed: await isListed(context) };
};

/**
 * Revokes everything that a holder could still use, whether or not the holder's row is still there.
 *
 * @param holder see {@link holderOf}
 * @throws ApiError `unauthorized`
 */
export const revokeHolder = async (
  context: ServiceContext,
  requester: Requester,
  holder: string,
  reason: RevocationRequest['reason'],
): Promise<void> => {
  authorize(requester.principal, 'certificates.revoke');
  await change(context, requester, async (trx, audit) => {
    const work = { context, trx, audit, requester, at: toTimestamp(context.now()) };
    await revokeRows(work, await usableCertificatesOf(trx, holder, work.at), reason);
  });
};
