import { type KeyObject, X509Certificate } from 'node:crypto';
import type { KeyBits } from '../../contract/certificate.ts';
import { ApiError } from '../../contract/errors.ts';
import { PkiError } from '../../pki/pki-error.ts';
import { createRootCa, generateRootKey, rootCertificate, type RootCaRequest } from '../../pki/root-ca.ts';
import { isInHardware, isSealed, openRootKey, rewrapRootKey, sealRootKey } from '../../pki/root-key.ts';
import { publicKeyOf, type SigningKey } from '../../pki/signing-key.ts';
import { HardwareError } from './hardware/hardware-error.ts';
import type { HardwareToken } from './hardware/hardware-token.ts';

/** The root CA as the project's row holds it. */
export interface StoredRoot {
  /** X.509 PEM. */
  readonly certificatePem: string;
  /** PEM, sealed envelope, or the name of a key in a token, see src/pki/root-key.ts. */
  readonly key: string;
}

/** The root CA ready to sign. */
export interface OpenRoot {
  readonly certificatePem: string;
  readonly privateKey: SigningKey;
}

/** A new root that is not in force before it is stored and adopted. */
export interface GeneratedRoot {
  readonly stored: StoredRoot;
  readonly privateKey: SigningKey;
}

/** @throws HardwareError `key_missing` where it is not in the token */
const keyIn = async (token: HardwareToken): Promise<SigningKey> => {
  const key = await token.find();
  if (key === undefined) {
    throw new HardwareError('key_missing', token.uri);
  }
  return key;
};

/** The token's key, generated where there is none yet. @throws ApiError `unavailable` */
const keyFor = async (token: HardwareToken, bits: number): Promise<SigningKey> => {
  try {
    return (await token.find()) ?? (await token.generate(bits));
  } catch (error) {
    if (error instanceof HardwareError) {
      throw new ApiError('unavailable', `${error.message} ${error.advice}`, { cause: error, retryAfter: 10 });
    }
    throw error;
  }
};

const opened = async (
  stored: StoredRoot,
  passphrase: string | undefined,
  token?: HardwareToken,
): Promise<SigningKey> => {
  const inToken = isInHardware(stored.key) && token !== undefined;
  const privateKey = await (inToken ? keyIn(token) : openRootKey(stored.key, passphrase));
  let matches: boolean;
  try {
    matches = publicKeyOf(privateKey).equals(new X509Certificate(stored.certificatePem).publicKey);
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
  #privateKey: SigningKey | undefined;
  /** Waits for the root that a freeze makes; dropped then. */
  #passphrase: string | undefined;
  /** Undefined: a new root's key is stored in the database. */
  readonly #token: HardwareToken | undefined;

  private constructor(
    stored: StoredRoot | undefined,
    privateKey: SigningKey | undefined,
    passphrase: string | undefined,
    token: HardwareToken | undefined,
  ) {
    this.#stored = stored;
    this.#privateKey = privateKey;
    this.#passphrase = passphrase;
    this.#token = token;
  }

  /**
   * Takes up what the database holds.
   *
   * @param stored undefined while the project has no root
   * @param passphrase undefined and the empty text mean none; an encrypted key then stays sealed
   * @param token holds the key, or takes that of a new root; a key in a token stays sealed without it
   * @throws PkiError `passphrase_wrong`, `passphrase_unneeded`, `key_damaged`, `root_damaged`; HardwareError
   */
  static async open(
    stored: StoredRoot | undefined,
    passphrase: string | undefined,
    token?: HardwareToken,
  ): Promise<RootCaKeeper> {
    const given = passphrase === '' ? undefined : passphrase;
    if (stored === undefined) {
      return new RootCaKeeper(undefined, undefined, given, token);
    }
    if (isInHardware(stored.key) ? token === undefined : given === undefined && isSealed(stored.key)) {
      return new RootCaKeeper(stored, undefined, undefined, token);
    }
    return new RootCaKeeper(stored, await opened(stored, given, token), undefined, token);
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

  /** Where the root key is, or will be. */
  keyLocation(): 'database' | 'token' {
    const inToken = this.#stored === undefined ? this.#token !== undefined : isInHardware(this.#stored.key);
    return inToken ? 'token' : 'database';
  }

  /** True when the root key is stored without a passphrase. */
  keyInClear(): boolean {
    return this.#stored !== undefined && !isSealed(this.#stored.key);
  }

  /** True when a root that is made now would have its key stored without a passphrase. */
  keyWillBeInClear(): boolean {
    return this.#stored === undefined && this.#passphrase === undefined && this.#token === undefined;
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
    if (before?.key === stored.key || before?.certificatePem === stored.certificatePem) {
      // Renewed with the same key, or under another passphrase.
      this.adoptRewrapped(stored);
      return;
    }
    const sealed = isSealed(stored.key);
    const privateKey =
      sealed && this.#passphrase === undefined && !(isInHardware(stored.key) && this.#token !== undefined)
        ? undefined
        : await opened(stored, sealed ? this.#passphrase : undefined, this.#token).catch((error: unknown) => {
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

  /**
   * Makes a root and its stored form: with a key in the token, or under the passphrase of the start. Nothing changes
   * before `adopt`.
   *
   * @throws ApiError `unavailable` when the token fails
   */
  async make(request: RootCaRequest): Promise<GeneratedRoot> {
    if (this.#token !== undefined) {
      const key = await keyFor(this.#token, request.keyBits);
      const certificate = await rootCertificate(request, key);
      return { stored: { certificatePem: certificate, key: this.#token.uri }, privateKey: key };
    }
    const { certificatePem, privateKey } = await createRootCa(request);
    return { stored: { certificatePem, key: await sealRootKey(privateKey, this.#passphrase) }, privateKey };
  }

  /**
   * Generates a key for a root that another CA signs: in the token, or under the passphrase of the start.
   *
   * @returns the key and its stored form
   * @throws ApiError `unavailable` when the token fails
   */
  async prepareKey(bits: KeyBits): Promise<{ stored: string; privateKey: SigningKey }> {
    if (this.#token !== undefined) {
      return { stored: this.#token.uri, privateKey: await keyFor(this.#token, bits) };
    }
    const privateKey = await generateRootKey(bits);
    return { stored: await sealRootKey(privateKey, this.#passphrase), privateKey };
  }

  /**
   * The stored form of an imported key: under the passphrase of the start, else under its own.
   *
   * @param passphrase that its file was encrypted with
   * @throws ApiError `conflicting` where the key is in a token
   */
  async sealImported(privateKey: KeyObject, passphrase: string | undefined): Promise<string> {
    if (this.#token !== undefined) {
      throw new ApiError(
        'conflicting',
        "The root CA's key belongs into the hardware token: let the other CA sign a request for that key instead.",
        { fields: [{ path: 'key', message: 'belongs into the hardware token' }] },
      );
    }
    this.#passphrase ??= passphrase === '' ? undefined : passphrase;
    return sealRootKey(privateKey, this.#passphrase);
  }

  /**
   * Opens the key of a prepared root for a freeze; nothing changes before `adopt`.
   *
   * @param certificatePem that was issued for it
   * @throws ApiError `sealed` when it is under another passphrase than that of the start; PkiError, HardwareError
   */
  async openPrepared(stored: string, certificatePem: string): Promise<GeneratedRoot> {
    if (isInHardware(stored)) {
      if (this.#token === undefined) {
        throw new ApiError('unavailable', 'The hardware token with the key of the root CA is missing.', {
          retryAfter: 10,
        });
      }
      const privateKey = await opened({ certificatePem, key: stored }, undefined, this.#token);
      return { stored: { certificatePem, key: stored }, privateKey };
    }
    try {
      const privateKey = await openRootKey(stored, isSealed(stored) ? this.#passphrase : undefined);
      const key = await sealRootKey(privateKey, this.#passphrase);
      return { stored: { certificatePem, key }, privateKey };
    } catch (error) {
      if (error instanceof PkiError && /^passphrase_(missing|wrong)$/.test(error.code)) {
        throw new ApiError(
          'sealed',
          "The key of the root CA is under another passphrase than the dashboard's: start it with that one, or import the key again.",
          { cause: error },
        );
      }
      throw error;
    }
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
  async unseal(passphrase: string): Promise<SigningKey> {
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
  adoptUnsealed(privateKey: SigningKey): void {
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
    if (isInHardware(before.key)) {
      throw new ApiError('conflicting', 'The root key is in a hardware token, which has a PIN of its own.');
    }
    const key = await rewrapRootKey(before.key, current, next);
    return { before, after: { certificatePem: before.certificatePem, key } };
  }

  /** Puts a re-wrapped or renewed root in force, once it is stored; sealed stays sealed, open stays open. */
  adoptRewrapped(after: StoredRoot): void {
    this.#stored = after;
  }
}
