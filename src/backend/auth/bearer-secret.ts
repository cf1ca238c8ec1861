import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 12;
const SECRET_BYTES = 32;

/** A text that proves something by being known, and the public id under which its hash is stored. */
export interface NewSecret {
  readonly id: string;
  /** Shown once. */
  readonly text: string;
  readonly hash: string;
}

/** A secret as somebody sent it. */
export interface SentSecret {
  readonly id: string;
  readonly hash: string;
}

/** A public id that nobody has used. */
export const newId = (): string => randomBytes(ID_BYTES).toString('base64url');

/**
 * A secret part that the backend can derive again later, so that a link can be sent that is stored as a hash only.
 *
 * @param key of the sessions; whoever reads the database alone does not have it
 */
export const derivedSecret = (key: Uint8Array, ...parts: readonly string[]): string =>
  createHmac('sha256', key).update(parts.join('\0')).digest('base64url');

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Secrets of one kind; their beginning lets scanners of repositories recognize a leaked one. */
class SecretKind {
  readonly #prefix: string;
  readonly #pattern: RegExp;

  constructor(prefix: string) {
    this.#prefix = prefix;
    this.#pattern = new RegExp(`^${prefix}_([\\w-]{16})_([\\w-]{43})$`);
  }

  /** Generates one of 256 random bits; a plain hash is enough for what nobody can guess. */
  generate(id = newId(), secret = randomBytes(SECRET_BYTES).toString('base64url')): NewSecret {
    return { id, text: `${this.#prefix}_${id}_${secret}`, hash: hashOf(secret) };
  }

  /** @returns undefined for a text of another form */
  read(text: string): SentSecret | undefined {
    const [, id, secret] = this.#pattern.exec(text) ?? [];
    return id === undefined || secret === undefined ? undefined : { id, hash: hashOf(secret) };
  }
}

export const ACCESS_TOKEN = new SecretKind('nvfl');
export const ENROLMENT_TOKEN = new SecretKind('nvfe');
export const INVITATION = new SecretKind('nvfi');
export const ONE_TIME_LINK = new SecretKind('nvfo');

/** Compares in constant time. */
export const isSameHash = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
