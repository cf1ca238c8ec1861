import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { AuditKey } from '../store/audit.ts';
import type { StoredAuditKey } from '../store/audit-key.ts';

type Point = Pick<StoredAuditKey, 'keyed_after' | 'keyed_after_hash' | 'unproven_until'>;

const CIPHER = 'aes-256-gcm';
const BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ID_LENGTH = 32;

const idOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, ID_LENGTH);

/** Bound to the key, so that nobody can move the point from which rows are keyed. */
const pointText = ({ keyed_after, keyed_after_hash, unproven_until }: Point): Buffer =>
  Buffer.from(JSON.stringify([keyed_after, keyed_after_hash, unproven_until]));

export const generateAuditKey = (point: Point): AuditKey => {
  const key = randomBytes(BYTES);
  return {
    id: idOf(key),
    key,
    after: point.keyed_after,
    afterHash: point.keyed_after_hash,
    unprovenUntil: point.unproven_until,
  };
};

/** Encrypts the key of the log, with the point from which it counts, under the key of the folder. */
export const sealAuditKey = (
  outer: Uint8Array,
  { id, key, after, afterHash, unprovenUntil }: AuditKey,
): Omit<StoredAuditKey, 'last_id' | 'hash'> => {
  const point = { keyed_after: after, keyed_after_hash: afterHash, unproven_until: unprovenUntil };
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, outer, iv).setAAD(pointText(point));
  const encrypted = Buffer.concat([cipher.update(key), cipher.final()]);
  const sealed = Buffer.concat([iv, encrypted, cipher.getAuthTag()]).toString('base64');
  return { ...point, key_id: id, sealed_key: sealed };
};

/** @returns undefined when the key of the folder is another one, or the point was moved */
export const openAuditKey = (outer: Uint8Array, stored: StoredAuditKey): AuditKey | undefined => {
  const sealed = Buffer.from(stored.sealed_key, 'base64');
  if (sealed.length !== IV_BYTES + BYTES + TAG_BYTES) {
    return undefined;
  }
  const decipher = createDecipheriv(CIPHER, outer, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(pointText(stored))
    .setAuthTag(sealed.subarray(IV_BYTES + BYTES));
  try {
    const key = Buffer.concat([
      decipher.update(sealed.subarray(IV_BYTES, IV_BYTES + BYTES)),
      decipher.final(),
    ]);
    return {
      id: idOf(key),
      key,
      after: stored.keyed_after,
      afterHash: stored.keyed_after_hash,
      unprovenUntil: stored.unproven_until,
    };
  } catch {
    return undefined;
  }
};
