import { createHash } from 'node:crypto';

/**
 * Caches signatures of contents that many kits share, such as scripts and rootCA.pem: signing with a 3,072-bit key
 * takes about two milliseconds. Bounded, least recently used first out. Keeps digests and signatures, no contents.
 */
export class SignatureCache {
  readonly #limit: number;
  readonly #known = new Map<string, Promise<string>>();

  /** @param limit signatures kept at most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Number of contents whose signatures are known. */
  get size(): number {
    return this.#known.size;
  }

  /**
   * Resolves with the signature of a content, in base64; kits that need it at the same time share one signature.
   *
   * @param signer what tells one signing key from another, such as its certificate
   * @param sign makes the signature where none is known
   */
  signature(signer: string, content: Buffer, sign: (content: Buffer) => Promise<Buffer>): Promise<string> {
    const key = createHash('sha256').update(signer).update('\0').update(content).digest('base64');
    const signature = this.#known.get(key) ?? this.#sign(key, content, sign);
    this.#known.delete(key);
    this.#known.set(key, signature);
    if (this.#known.size > this.#limit) {
      this.#dropOldest();
    }
    return signature;
  }

  /** Signs; a failure is not kept. */
  async #sign(key: string, content: Buffer, sign: (content: Buffer) => Promise<Buffer>): Promise<string> {
    try {
      return (await sign(content)).toString('base64');
    } catch (error) {
      this.#known.delete(key);
      throw error;
    }
  }

  #dropOldest(): void {
    for (const key of this.#known.keys()) {
      this.#known.delete(key);
      return;
    }
  }
}
