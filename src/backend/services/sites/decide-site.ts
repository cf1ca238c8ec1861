import { APPROVED, DENIED } from '../../../contract/approval.ts';
import type { AuditWriter } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import { updateClient, type ClientRow } from '../../store/sites.ts';
import { toTimestamp } from '../../store/timestamp.ts';

interface Writers {
  readonly trx: Trx;
  readonly audit: AuditWriter;
}

/** Approves a site together with the request that it came with. */
export const approveSite = async (
  { trx, audit }: Writers,
  { id, name }: ClientRow,
  now: Date,
): Promise<void> => {
  await updateClient(trx, id, { approval_state: APPROVED, updated_at: toTimestamp(now) });
  await audit('client.approve', `client:${name}`, { id, fields: ['approval_state'] });
};

/** Denies a site together with the request that it came with. */
export const denySite = async (
  { trx, audit }: Writers,
  { id, name }: ClientRow,
  reason: string,
  now: Date,
): Promise<void> => {
  const change = { approval_state: DENIED, approval_reason: reason, updated_at: toTimestamp(now) };
  await updateClient(trx, id, change);
  await audit('client.deny', `client:${name}`, { id, fields: ['approval_state'], reason });
};
