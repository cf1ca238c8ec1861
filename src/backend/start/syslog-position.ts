import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../context/write-whole.ts';
import type { SyslogPosition } from '../services/audit/syslog-forwarder.ts';
import type { Database } from '../store/database.ts';
import {
  beginSyslogPosition,
  endSyslogLease,
  keepSyslogPosition,
  readSyslogPosition,
  takeSyslogLease,
} from '../store/syslog-position.ts';
import { toTimestamp } from '../store/timestamp.ts';

const FILE = '.syslog-position';
/** A backend that was killed keeps the others from sending for so long. */
const LEASE_MS = 15_000;
const PROLONG_MS = 5000;

const inFolder = (file: string, sent: number): SyslogPosition => {
  let kept = sent;
  return {
    take: () => Promise.resolve(kept),
    keep: async (id) => {
      if (id !== kept) {
        await writeWhole(file, `${id}\n`);
        kept = id;
      }
      return true;
    },
    end: () => Promise.resolve(),
  };
};

/** Replicas take turns: one sends, and another goes on where it was when its lease has run out. */
const inDatabase = (db: Database, now: () => Date): SyslogPosition => {
  const holder = `${hostname().slice(0, 64)}:${process.pid}:${randomUUID()}`;
  let prolonged = -Infinity;
  let kept: number | undefined;
  const lease = () => {
    const at = now();
    return { holder, now: toTimestamp(at), until: toTimestamp(new Date(at.getTime() + LEASE_MS)) };
  };
  return {
    take: () =>
      db.write(async (trx) => {
        if (!(await takeSyslogLease(trx, lease()))) {
          return undefined;
        }
        prolonged = performance.now();
        kept = await readSyslogPosition(trx);
        return kept;
      }),
    keep: async (id) => {
      if (id === kept && performance.now() - prolonged < PROLONG_MS) {
        return true;
      }
      const isHeld = await db.write(async (trx) => {
        const held = await takeSyslogLease(trx, lease());
        if (held) {
          await keepSyslogPosition(trx, id);
        }
        return held;
      });
      prolonged = performance.now();
      kept = id;
      return isHeld;
    },
    end: () => db.write((trx) => endSyslogLease(trx, holder)),
  };
};

/**
 * Keeps which row the syslog receiver has got, so that it gets those it missed after a restart: with PostgreSQL in the
 * database, which several backends may share, else in the project folder.
 *
 * @param last the last row there was before this start, which counts as sent where nothing is kept
 */
export const openSyslogPosition = async (
  { webRoot, db, now }: { readonly webRoot: string; readonly db: Database; readonly now: () => Date },
  last: number,
): Promise<SyslogPosition> => {
  const file = join(webRoot, FILE);
  const text = await readFile(file, 'utf8').catch(() => '');
  const sent = Math.min(/^\d{1,15}$/.test(text.trim()) ? Number(text) : last, last);
  if (db.engine === 'postgres') {
    await db.write((trx) => beginSyslogPosition(trx, sent, last));
    return inDatabase(db, now);
  }
  // Rows that the receiver never gets before the next start are counted from here.
  await writeWhole(file, `${sent}\n`);
  return inFolder(file, sent);
};
