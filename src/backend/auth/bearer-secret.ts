import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

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
  generate(id = randomBytes(ID_BYTES).toString('base64url')): NewSecret {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    return { id, text: `${this.#prefix}_${id}_${secret}`, hash: hashOf(secret) };
  }

  /** @returns undefined for a text of another form */
  read(text: string): SentSecret | undefined {
    const [, id, secret] = this.#pattern.exec(text) ?? [];
    return id === undefined || secret === undefined ? undefined : { id, hash: hashOf(secret) };
  }
}

export const ACCESS_TOKEN = new SecretKind('nvfl');
export const INVITATION = new SecretKind('nvfi');

/** Compares in constant time. */
export const isSameHash = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
