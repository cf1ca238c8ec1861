import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { ApiError } from '../../contract/errors.ts';
import { PkiError } from '../../pki/pki-error.ts';
import { createRootCa, type RootCaRequest } from '../../pki/root-ca.ts';
import { isSealed, openRootKey, rewrapRootKey, sealRootKey } from '../../pki/root-key.ts';

/** The root CA as the project's row holds it. */
export interface StoredRoot {
  /** X.509 PEM. */
  readonly certificatePem: string;
  /** PEM or sealed envelope, see src/pki/root-key.ts. */
  readonly key: string;
}

/** The root CA ready to sign. */
export interface OpenRoot {
  readonly certificatePem: string;
  readonly privateKey: KeyObject;
}

/** A new root that is not in force before it is stored and adopted. */
export interface GeneratedRoot {
  readonly stored: StoredRoot;
  readonly privateKey: KeyObject;
}

const opened = async (stored: StoredRoot, passphrase: string | undefined): Promise<KeyObject> => {
  const privateKey = await openRootKey(stored.key, passphrase);
  let matches: boolean;
  try {
    matches = createPublicKey(privateKey).equals(new X509Certificate(stored.certificatePem).publicKey);
  } catch (error) {
    throw new PkiError('root_damaged', { cause: error });
  }
  if (!matches) {
    throw new PkiError('root_damaged', { detail: 'key and certificate do not belong together' });
  }
  return privateKey;
};

/**
 * Holds the root CA while the backend runs. It has none (`absent`, project not frozen), has one whose key nobody
 * has opened (`sealed`), or can sign (`open`).
 */
export class RootCaKeeper {
  #stored: StoredRoot | undefined;
  #privateKey: KeyObject | undefined;
  /** Waits for the root that a freeze makes; dropped then. */
  #passphrase: string | undefined;

  private constructor(
    stored: StoredRoot | undefined,
    privateKey: KeyObject | undefined,
    passphrase: string | undefined,
  ) {
    this.#stored = stored;
    this.#privateKey = privateKey;
    this.#passphrase = passphrase;
  }

  /**
   * Takes up what the database holds.
   *
   * @param stored undefined while the project has no root
   * @param passphrase undefined and the empty text mean none; an encrypted key then stays sealed
   * @throws PkiError `passphrase_wrong`, `passphrase_unneeded`, `key_damaged`, `root_damaged`
   */
  static async open(stored: StoredRoot | undefined, passphrase: string | undefined): Promise<RootCaKeeper> {
    const given = passphrase === '' ? undefined : passphrase;
    if (stored === undefined) {
      return new RootCaKeeper(undefined, undefined, given);
    }
    if (given === undefined && isSealed(stored.key)) {
      return new RootCaKeeper(stored, undefined, undefined);
    }
    return new RootCaKeeper(stored, await opened(stored, given), undefined);
  }

  state(): 'absent' | 'sealed' | 'open' {
    if (this.#stored === undefined) {
      return 'absent';
    }
    return this.#privateKey === undefined ? 'sealed' : 'open';
  }

  /** True when the root key is encrypted and no passphrase has been given yet. */
  sealed(): boolean {
    return this.state() === 'sealed';
  }

  /** True when the root key is stored without a passphrase. */
  keyInClear(): boolean {
    return this.#stored !== undefined && !isSealed(this.#stored.key);
  }

  /** True when a root that is made now would have its key stored without a passphrase. */
  keyWillBeInClear(): boolean {
    return this.#stored === undefined && this.#passphrase === undefined;
  }

  /** The root as it is stored; undefined while the project has none. */
  stored(): StoredRoot | undefined {
    return this.#stored;
  }

  /** @throws ApiError `project_not_frozen` without a root, `sealed` while its key is */
  root(): OpenRoot {
    if (this.#stored === undefined) {
      throw new ApiError('project_not_frozen', 'The project is not frozen yet, so it has no root CA.');
    }
    if (this.#privateKey === undefined) {
      throw new ApiError('sealed', 'The root key is sealed. The project admin must unseal it first.');
    }
    return { certificatePem: this.#stored.certificatePem, privateKey: this.#privateKey };
  }

  /**
   * Takes over what the database holds now, where another replica changed it. A first root is opened with the
   * passphrase of the start, and stays sealed where that does not fit.
   *
   * @throws PkiError `key_damaged`, `root_damaged`
   */
  async follow(stored: StoredRoot): Promise<void> {
    const before = this.#stored;
    if (before?.key === stored.key) {
      return;
    }
    if (before?.certificatePem === stored.certificatePem) {
      this.adoptRewrapped(stored);
      return;
    }
    const sealed = isSealed(stored.key);
    const privateKey =
      sealed && this.#passphrase === undefined
        ? undefined
        : await opened(stored, sealed ? this.#passphrase : undefined).catch((error: unknown) => {
            if (error instanceof PkiError && error.code === 'passphrase_wrong') {
              return undefined;
            }
            throw error;
          });
    // Another request may have taken it over meanwhile.
    if (this.#stored !== before) {
      return;
    }
    this.#stored = stored;
    this.#privateKey = privateKey;
    this.#passphrase = undefined;
  }

  /** Makes a root and its stored form under the passphrase of the start; nothing changes before `adopt`. */
  async make(request: RootCaRequest): Promise<GeneratedRoot> {
    const { certificatePem, privateKey } = await createRootCa(request);
    return { stored: { certificatePem, key: await sealRootKey(privateKey, this.#passphrase) }, privateKey };
  }

  /** Puts a made root in force, once it is stored. */
  adopt(made: GeneratedRoot): void {
    this.#stored = made.stored;
    this.#privateKey = made.privateKey;
    this.#passphrase = undefined;
  }

  /**
   * Opens a sealed key; nothing changes before `adoptUnsealed`.
   *
   * @throws PkiError `passphrase_wrong`, `key_damaged`, `root_damaged`; ApiError when there is nothing to unseal
   */
  async unseal(passphrase: string): Promise<KeyObject> {
    const stored = this.#stored;
    if (stored === undefined) {
      return this.root().privateKey;
    }
    if (this.#privateKey !== undefined) {
      throw new ApiError('conflicting', 'The root key is not sealed.', {
        fields: [{ path: 'passphrase', code: 'not_sealed', message: 'is not needed' }],
      });
    }
    return opened(stored, passphrase);
  }

  /** Signs with an opened key from now on. */
  adoptUnsealed(privateKey: KeyObject): void {
    this.#privateKey = privateKey;
  }

  /**
   * The stored root with its key under another passphrase; nothing changes before `adoptRewrapped`.
   *
   * @param current undefined while the key is stored without passphrase
   * @throws PkiError as openRootKey; ApiError `project_not_frozen`
   */
  async rewrap(
    current: string | undefined,
    next: string,
  ): Promise<{ before: StoredRoot; after: StoredRoot }> {
    const before = this.#stored;
    if (before === undefined) {
      throw new ApiError('project_not_frozen', 'The project is not frozen yet, so it has no root CA.');
    }
    const key = await rewrapRootKey(before.key, current, next);
    return { before, after: { certificatePem: before.certificatePem, key } };
  }

  /** Puts a re-wrapped root in force, once it is stored; sealed stays sealed, open stays open. */
  adoptRewrapped(after: StoredRoot): void {
    this.#stored = after;
  }
}
