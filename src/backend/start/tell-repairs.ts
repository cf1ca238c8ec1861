import { HOST } from '../../contract/audit-actors.ts';
import type { ServerLog } from '../context/context.ts';
import { writeAudit, type AuditKey } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { hasRepairs, takeRepairs, type RowRepair } from '../store/repair/row-repairs.ts';

const MAX_LINES = 50;
const MAX_WAS = 120;

const sentence = ({ relation, row_id, field, was, done }: RowRepair): string => {
  const before = was === '' ? '' : ` (it was ${was.length > MAX_WAS ? `${was.slice(0, MAX_WAS)}…` : was})`;
  return `A row of another program was repaired: ${relation} ${row_id}, ${field} ${done}${before}.`;
};

/**
 * Enters the repairs of rows into the audit log and logs them, each once.
 *
 * @returns how many lines
 */
export const tellRepairs = async (
  db: Database,
  key: AuditKey,
  log: ServerLog,
  now: Date,
): Promise<number> => {
  if (!(await hasRepairs(db.reader))) {
    return 0;
  }
  const repairs = await db.write(async (trx) => {
    const taken = await takeRepairs(trx);
    for (const { relation, row_id, field, was, done } of taken) {
      await writeAudit(trx, key, {
        actor: HOST,
        action: 'database.repair',
        target: `row:${relation} ${row_id}`,
        detail: { field, was, done },
        address: '',
        request_id: '',
        at: now,
      });
    }
    return taken;
  });
  const advice = 'Look at the row on the page; the audit log keeps what it was.';
  for (const repair of repairs.slice(0, MAX_LINES)) {
    const { relation, row_id, field } = repair;
    log.warn({ code: 'row_repaired', relation, row_id, field, advice }, sentence(repair));
  }
  if (repairs.length <= MAX_LINES) {
    return repairs.length;
  }
  log.warn(
    { code: 'rows_repaired', repairs: repairs.length, advice: 'See `database.repair` in the audit log.' },
    `${repairs.length - MAX_LINES} more rows of another program were repaired.`,
  );
  return MAX_LINES + 1;
};
