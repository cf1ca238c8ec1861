import type { Runtime } from '../runtime.ts';

/** Without the characters that look alike in print: 0 O, 1 l I. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const LENGTH = 20;

/** A password of 20 characters (116 bits), without a character that a shell, a URL or `:` would take. */
export const generatePassword = (randomInt: Runtime['randomInt']): string =>
  Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
