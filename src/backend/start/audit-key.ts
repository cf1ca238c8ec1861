import { hkdfSync, randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { HOST } from '../../contract/audit-actors.ts';
import { readTokenKey } from '../auth/token-key.ts';
import type { ServerLog } from '../context/context.ts';
import { StartError } from '../context/start-error.ts';
import { writeWhole } from '../context/write-whole.ts';
import { writeAudit, type AuditKey } from '../store/audit.ts';
import { storeAuditKey, storedAuditKey, type StoredAuditKey } from '../store/audit-key.ts';
import type { Database, Trx } from '../store/database.ts';
import { generateAuditKey, openAuditKey, sealAuditKey } from './sealed-audit-key.ts';

const AUDIT_KEY_FILE = '.audit-key';
const BYTES = 32;

/** Where the keys that encrypt the log's key come from. */
export interface AuditKeySource {
  readonly webRoot: string;
  /** `SECRET_KEY`, which replicas share. */
  readonly secretKey: string | undefined;
}

/** Returns the keys at hand, that of `SECRET_KEY` first. */
export const outerKeys = async ({ webRoot, secretKey }: AuditKeySource): Promise<readonly Uint8Array[]> => {
  const file = join(webRoot, AUDIT_KEY_FILE);
  const kept = (await readTokenKey(file)) ?? (await readTokenKey(`${file}.new`));
  const derived =
    secretKey === undefined
      ? []
      : [new Uint8Array(hkdfSync('sha256', secretKey, '', 'nvflare-dashboard audit log', BYTES))];
  return [...derived, ...(kept === undefined ? [] : [kept.subarray(0, BYTES)])];
};

const begin = async (trx: Trx, outer: Uint8Array, stored: StoredAuditKey, lost: boolean, now: Date) => {
  const { last_id: last, hash } = stored;
  const key = generateAuditKey({
    keyed_after: last,
    keyed_after_hash: hash,
    unproven_until: lost ? last : 0,
  });
  await storeAuditKey(trx, sealAuditKey(outer, key));
  if (last > 0) {
    const detail = { keyed_after: last, earlier_rows: lost ? 'cannot be checked' : 'checked without a key' };
    const row = { actor: HOST, action: 'audit.key', target: 'audit', detail, address: '', request_id: '' };
    await writeAudit(trx, key, { ...row, at: now });
  }
  return key;
};

/** Opens the log's key with the first key that fits. */
export const openStoredKey = (outers: readonly Uint8Array[], stored: StoredAuditKey) =>
  outers
    .map((outer, index) => ({ key: openAuditKey(outer, stored), preferred: index === 0 }))
    .find(({ key }) => key !== undefined);

export const lostAuditKey = (): StartError =>
  new StartError(
    'failed',
    `The key of the audit log cannot be opened: ${AUDIT_KEY_FILE} is missing or another one.`,
    'Set SECRET_KEY to what the dashboard runs with, or put the file back from a backup.',
  );

/** Opens the key for the host's command, which must not replace it. @throws StartError when it cannot */
export const existingAuditKey = async (
  db: Database,
  source: AuditKeySource,
  now: Date,
): Promise<AuditKey> => {
  const stored = await storedAuditKey(db.reader);
  const key = openStoredKey(await outerKeys(source), stored)?.key;
  if (key !== undefined) {
    return key;
  }
  if (stored.sealed_key === '') {
    return keyAudit(db, source, now);
  }
  throw lostAuditKey();
};

/**
 * Opens the key of the audit log, or generates it: for a new project, one from before there was a key, and one whose
 * key is lost. It lies in the database, for replicas, encrypted under `SECRET_KEY` or under `.audit-key` in the folder
 * (mode 0600).
 */
export const keyAudit = async (
  db: Database,
  source: AuditKeySource,
  now: Date,
  log?: ServerLog,
): Promise<AuditKey> => {
  const file = join(source.webRoot, AUDIT_KEY_FILE);
  const wasThere = (await readTokenKey(file)) !== undefined;
  if ((await outerKeys(source)).length === 0) {
    // Takes its final name once the database knows it: a key that is there shows that the log was keyed before.
    await writeWhole(`${file}.new`, `${randomBytes(BYTES).toString('hex')}\n`);
  }
  const outers = await outerKeys(source);
  const [outer] = outers;
  if (outer === undefined) {
    throw new Error('the key of the audit log was not kept');
  }
  const key = await db.write(async (trx) => {
    const stored = await storedAuditKey(trx);
    const found = openStoredKey(outers, stored);
    if (found?.key === undefined) {
      const lost = stored.last_id > 0 && (stored.sealed_key !== '' || wasThere);
      return begin(trx, outer, stored, lost, now);
    }
    if (!found.preferred) {
      await storeAuditKey(trx, sealAuditKey(outer, found.key));
    }
    return found.key;
  });
  if (!wasThere && source.secretKey === undefined) {
    await rename(`${file}.new`, file);
  }
  if (key.unprovenUntil > 0) {
    log?.warn(
      {
        code: 'audit_key_lost',
        advice: `Put ${AUDIT_KEY_FILE} or SECRET_KEY of that time back before the next start if you have it.`,
      },
      `The audit log up to row ${key.unprovenUntil} cannot be checked: its key is not the one at hand.`,
    );
  }
  return key;
};
