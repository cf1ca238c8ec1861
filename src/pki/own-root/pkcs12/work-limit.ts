import { OwnRootError } from '../own-root-error.ts';
import { DIGESTS, type Digest } from './pkcs12-key.ts';

/** Rounds of PBKDF2, for the whole file: about a second, in a thread of its own. */
const MAX_ROUNDS = 2_000_000;
/** Hashes of PKCS#12's own derivation, for the whole file: about half a second, in which nobody else is served. */
const MAX_HASHES = 400_000;

/** Keeps a file from asking for more work than anybody would wait for, however it spreads it. */
export class WorkLimit {
  #rounds = 0;
  #hashes = 0;

  /** @throws OwnRootError `pkcs12_derivation` */
  addPbkdf2(rounds: number, length: number, digest: Digest): void {
    this.#rounds += rounds * Math.ceil(length / DIGESTS[digest].size);
    this.#check(this.#rounds, MAX_ROUNDS);
  }

  /** @throws OwnRootError `pkcs12_derivation` */
  addPkcs12(rounds: number, length: number, digest: Digest): void {
    this.#hashes += rounds * Math.ceil(length / DIGESTS[digest].size);
    this.#check(this.#hashes, MAX_HASHES);
  }

  #check(work: number, limit: number): void {
    if (work > limit) {
      throw new OwnRootError('pkcs12_derivation', {
        detail: `${Number.isFinite(work) ? work.toLocaleString('en') : 'too many'} rounds, at most ${limit.toLocaleString('en')}`,
      });
    }
  }
}
