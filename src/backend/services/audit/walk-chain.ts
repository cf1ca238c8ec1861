import { setImmediate as nextTurn } from 'node:timers/promises';
import { auditAfter, auditHash, auditHead, auditRow, type AuditKey } from '../../store/audit.ts';
import type { Reader } from '../../store/database.ts';

const STEP = 500;

/** A row of the chain: its number and hash. */
export interface ChainPoint {
  readonly id: number;
  readonly hash: string;
}

/** Result of a walk. */
export interface ChainWalk {
  readonly intact: boolean;
  /** The last row that is as it was written. */
  readonly proven: ChainPoint;
  /** Where the chain should end. */
  readonly head: ChainPoint;
}

/** Where a whole walk begins: after what no key at hand can check. */
export const beginningOf = (key: AuditKey): ChainPoint =>
  key.unprovenUntil > 0 ? { id: key.unprovenUntil, hash: key.afterHash } : { id: 0, hash: '' };

const isStillThere = async (db: Reader, { id, hash }: ChainPoint): Promise<boolean> =>
  id === 0 || (await auditRow(db, id))?.hash === hash;

/**
 * Walks the chain from a point that was proven before, others being served between its steps. A row that was removed,
 * changed, inserted or cut off breaks it.
 *
 * @param onStep is told how far the walk has come
 */
export const walkChain = async (
  db: Reader,
  key: AuditKey,
  from = beginningOf(key),
  onStep?: (proven: ChainPoint, head: ChainPoint) => void,
): Promise<ChainWalk> => {
  const { last_id: lastId, hash: lastHash } = await auditHead(db);
  const head = { id: lastId, hash: lastHash };
  let proven = from;
  if (!(await isStillThere(db, from))) {
    return { intact: false, proven: beginningOf(key), head };
  }
  for (;;) {
    const rows = await auditAfter(db, proven.id, STEP);
    for (const row of rows) {
      if (row.id > head.id) {
        break;
      }
      const isLastUnkeyed = row.id === key.after;
      if (
        row.id !== proven.id + 1 ||
        auditHash(key, proven.hash, row) !== row.hash ||
        (isLastUnkeyed && row.hash !== key.afterHash)
      ) {
        return { intact: false, proven, head };
      }
      proven = { id: row.id, hash: row.hash };
    }
    if (rows.length < STEP || proven.id >= head.id) {
      return { intact: proven.id === head.id && proven.hash === head.hash, proven, head };
    }
    onStep?.(proven, head);
    await nextTurn();
  }
};
