import { pbkdf2, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's least cost for 32 MiB; N = 2^17 would take 128 MiB a log-in. */
const COST = { n: 32768, r: 8, p: 3, bytes: 64 } as const;
/** Parameters that werkzeug leaves out. */
const WERKZEUG = { n: 32768, r: 8, p: 1 } as const;
const SALT_LENGTH = 16;
const SALT_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** A row of a foreign database must not be able to take all memory or time. */
const MOST = { n: 2 ** 17, r: 16, p: 8, iterations: 2_000_000 } as const;

type ScryptOptions = Readonly<{ N: number; r: number; p: number; maxmem: number }>;
const scryptAsync = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);
const pbkdf2Async = promisify(pbkdf2);

const deriveScrypt = (password: string, salt: string, n: number, r: number, p: number): Promise<Buffer> =>
  scryptAsync(password, salt, COST.bytes, { N: n, r, p, maxmem: 132 * n * r * p });

/** Method of new hashes, as it stands before their salt. */
export const HASH_METHOD = `scrypt:${COST.n}:${COST.r}:${COST.p}`;

/** One form of what looks alike, however the keyboard composes it (RFC 8265, 4.2; NIST SP 800-63B, 3.1.1.2). */
const normalized = (password: string): string => password.normalize('NFKC');

/** Hashes a password in werkzeug's format, `scrypt:32768:8:3$salt$hex`; runs in the thread pool. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = Array.from({ length: SALT_LENGTH }, () =>
    SALT_CHARACTERS.charAt(randomInt(SALT_CHARACTERS.length)),
  ).join('');
  const key = await deriveScrypt(normalized(password), salt, COST.n, COST.r, COST.p);
  return `${HASH_METHOD}$${salt}$${key.toString('hex')}`;
};

const derive = async (method: string, salt: string, password: string): Promise<Buffer | undefined> => {
  const [name, ...parameters] = method.split(':');
  if (name === 'scrypt') {
    const [n = WERKZEUG.n, r = WERKZEUG.r, p = WERKZEUG.p] = parameters.map(Number);
    const sane = [n, r, p].every((value) => Number.isSafeInteger(value) && value > 0);
    if (!sane || n < 2 || (n & (n - 1)) !== 0 || n > MOST.n || r > MOST.r || p > MOST.p) {
      return undefined;
    }
    return deriveScrypt(password, salt, n, r, p);
  }
  if (name === 'pbkdf2' && parameters[0] === 'sha256') {
    const iterations = Number(parameters[1]);
    if (!Number.isSafeInteger(iterations) || iterations < 1 || iterations > MOST.iterations) {
      return undefined;
    }
    return pbkdf2Async(password, salt, iterations, 32, 'sha256');
  }
  return undefined;
};

/** Returns how a stored hash was derived; empty for another format. */
export const methodOf = (stored: string): string => stored.slice(0, Math.max(0, stored.indexOf('$')));

/** Takes the time that a hash of this kind takes to check. */
export const spendTime = async (method: string, password: string): Promise<void> => {
  await derive(method, 'no salt', normalized(password));
};

const matches = async (stored: string, password: string): Promise<boolean> => {
  const methodEnd = stored.indexOf('$');
  const saltEnd = stored.indexOf('$', methodEnd + 1);
  if (methodEnd < 0 || saltEnd < 0) {
    return false;
  }
  const expected = Buffer.from(stored.slice(saltEnd + 1), 'hex');
  const actual = await derive(stored.slice(0, methodEnd), stored.slice(methodEnd + 1, saltEnd), password);
  return actual !== undefined && actual.length === expected.length && timingSafeEqual(actual, expected);
};

/**
 * Compares a password with a stored hash (werkzeug's scrypt and pbkdf2:sha256 formats).
 *
 * @returns false also for a hash in another format or with parameters beyond all measure
 */
export const verifyPassword = async (stored: string, password: string): Promise<boolean> => {
  const form = normalized(password);
  // Hashes of other dashboards are of what was typed.
  return (await matches(stored, form)) || (form !== password && (await matches(stored, password)));
};

/** True for a hash that newer log-ins would store otherwise. */
export const isOutdatedHash = (stored: string): boolean => methodOf(stored) !== HASH_METHOD;
