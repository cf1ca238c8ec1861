import { createHash, randomBytes } from 'node:crypto';

const COUNT = 10;
/** Crockford's digits: none of them is mistaken for another. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 24;

const newCode = (): string =>
  Array.from(randomBytes(LENGTH), (byte) => DIGITS[byte % DIGITS.length])
    .join('')
    .replace(/(.{4})(?!$)/g, '$1-');

/** Generates ten codes of 120 random bits, as `abcd-efgh-jkmn-pqrs-tvwx-yz01`. */
export const newRecoveryCodes = (): readonly string[] => Array.from({ length: COUNT }, newCode);

/**
 * Hash under which a recovery code is stored, whatever the case and the separators it is typed with; with 112 random
 * bits a plain hash is enough (ASVS 6.5.2).
 */
export const recoveryHash = (code: string): string =>
  createHash('sha256').update(code.toLowerCase().replace(/[\s-]/g, '')).digest('hex');
