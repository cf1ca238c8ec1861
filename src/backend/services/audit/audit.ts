import type { AuditQuery, AuditResponse, AuditRow } from '../../../contract/api/audit.ts';
import { z } from 'zod';
import { authorizeUser } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { auditAfter, countAudit, listAudit } from '../../store/audit.ts';
import type { StoredAudit } from '../../store/schema.ts';

const STEP = 500;
const DEFAULT_LIMIT = 100;
const Detail = z.record(z.string(), z.unknown());

const moment = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(text);

/** An entry as the API shows it. */
export const auditView = (row: StoredAudit): AuditRow => ({
  ...row,
  detail: Detail.parse(JSON.parse(row.detail)),
});

/** Newest rows that match, how many there are, and whether the chain is whole. */
export const readAudit = async (
  context: ServiceContext,
  requester: Requester,
  { limit = DEFAULT_LIMIT, since, until, ...texts }: AuditQuery,
): Promise<Omit<z.infer<typeof AuditResponse>, 'status'>> => {
  authorizeUser(requester.principal, 'audit.read');
  const filter = { ...texts, since: moment(since), until: moment(until) };
  const reader = context.db.searcher();
  const rows = await listAudit(reader, filter, limit);
  const total = await countAudit(reader, { ...filter, before: undefined });
  const intact = await context.chain.isIntact();
  await requireCurrent(context.db.reader, requester, context.now());
  return { audit: rows.map(auditView), total, intact, unproven_until: context.auditKey.unprovenUntil };
};

/** Gives all rows, oldest first, as JSON lines; breaks off when the requester may not read them any more. */
export const exportAudit = (context: ServiceContext, requester: Requester): AsyncGenerator<string> => {
  authorizeUser(requester.principal, 'audit.read');
  return (async function* () {
    await change(context, requester, (_trx, audit) => audit('audit.export', 'audit'));
    let id = 0;
    for (;;) {
      await requireCurrent(context.db.reader, requester, context.now());
      const rows = await auditAfter(context.db.reader, id, STEP);
      for (const row of rows) {
        yield `${JSON.stringify(auditView(row))}\n`;
        id = row.id;
      }
      if (rows.length < STEP) {
        return;
      }
    }
  })();
};
