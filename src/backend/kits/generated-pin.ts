import { randomBytes } from 'node:crypto';

/** Letters and digits that are not mistaken for one another; 32 of them, five bits each. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 26;

/**
 * A PIN for a requester who brought none: 130 bits of randomness.
 *
 * @param random gives so many random bytes
 */
export const generatePin = (random: (bytes: number) => Buffer = randomBytes): string =>
  [...random(LENGTH)].map((byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
