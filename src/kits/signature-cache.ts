import { createHash } from 'node:crypto';

/**
 * Caches signatures of contents that many kits share, such as scripts and rootCA.pem: signing with a 3,072-bit key
 * takes about two milliseconds. Bounded, least recently used first out. Keeps digests and signatures, no contents.
 */
export class SignatureCache {
  readonly #limit: number;
  readonly #known = new Map<string, string>();

  /** @param limit signatures kept at most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Returns the signature of a content, in base64.
   *
   * @param signer what tells one signing key from another, such as its certificate
   * @param sign makes the signature where none is known
   */
  signature(signer: string, content: Buffer, sign: (content: Buffer) => Buffer): string {
    const key = createHash('sha256').update(signer).update('\0').update(content).digest('base64');
    const known = this.#known.get(key);
    const signature = known ?? sign(content).toString('base64');
    this.#known.delete(key);
    this.#known.set(key, signature);
    if (this.#known.size > this.#limit) {
      this.#dropOldest();
    }
    return signature;
  }

  #dropOldest(): void {
    for (const key of this.#known.keys()) {
      this.#known.delete(key);
      return;
    }
  }
}
