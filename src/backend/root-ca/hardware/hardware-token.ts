import { createPublicKey, type KeyObject } from 'node:crypto';
import { access } from 'node:fs/promises';
import { ApiError } from '../../../contract/errors.ts';
import type { RemoteKey, SignatureScheme } from '../../../pki/signing-key.ts';
import { CKR, Cryptoki, CryptokiError, numberIn, ulong, type Pointing } from './cryptoki.ts';
import { HardwareError, type HardwareErrorCode } from './hardware-error.ts';

/** Where the root key is, and what opens it. */
export interface HardwareSettings {
  /** Absolute path of the token's PKCS#11 module. */
  readonly module: string;
  readonly token: string;
  /** Label of the key. */
  readonly key: string;
  readonly pin: string;
}

const CKA = {
  class: 0x0,
  token: 0x1,
  private: 0x2,
  label: 0x3,
  keyType: 0x100,
  id: 0x102,
  sensitive: 0x103,
  sign: 0x108,
  verify: 0x10a,
  modulus: 0x120,
  modulusBits: 0x121,
  publicExponent: 0x122,
  extractable: 0x162,
} as const;
const CLASS = { publicKey: 2, privateKey: 3 } as const;
const CKK_RSA = 0;
const MECHANISM = { generateRsa: 0x0, pkcs1: 0x40, pss: 0x43, sha256: 0x250 } as const;
const MGF1_SHA256 = 2;
const USER = 1;
const SESSION = 4 | 2;
const OS_LOCKING = 2;
const INITIALIZE_ARGS_BYTES = 48;
const TOKEN_INFO_BYTES = 512;
const LABEL_BYTES = 32;
const MAX_SLOTS = 256;
const SHA256_BYTES = 32;
const MIN_BITS = 2048;
const MAX_MODULUS_BYTES = 2048;
const EXPONENT = Buffer.from([1, 0, 1]);
const TRUE = Buffer.from([1]);
const FALSE = Buffer.from([0]);

const PIN_CODES: Readonly<Record<number, HardwareErrorCode>> = {
  [CKR.pinIncorrect]: 'pin_wrong',
  [CKR.pinInvalid]: 'pin_wrong',
  [CKR.pinLengthRange]: 'pin_wrong',
  [CKR.pinLocked]: 'pin_locked',
};

/** After these, a new session may work: the token was pulled, or its service restarted. */
const LOST: ReadonlySet<number> = new Set([
  CKR.deviceError,
  CKR.deviceRemoved,
  CKR.keyHandleInvalid,
  CKR.objectHandleInvalid,
  CKR.sessionClosed,
  CKR.sessionHandleInvalid,
  CKR.tokenNotPresent,
  CKR.userNotLoggedIn,
]);

interface OpenKey {
  readonly session: number;
  readonly handle: number;
  readonly publicKey: KeyObject;
}

/** One hardware token with the root key. Calls run one after the other: a session signs one thing at a time. */
export class HardwareToken {
  readonly #settings: HardwareSettings;
  readonly #cryptoki: Cryptoki;
  #session: number | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(settings: HardwareSettings, cryptoki: Cryptoki) {
    this.#settings = settings;
    this.#cryptoki = cryptoki;
  }

  /** Loads the module, finds the token and logs in. @throws HardwareError */
  static async open(settings: HardwareSettings): Promise<HardwareToken> {
    await access(settings.module).catch((error: unknown) => {
      throw new HardwareError('module_missing', settings.module, { cause: error });
    });
    const token = new HardwareToken(settings, await Cryptoki.load(settings.module));
    await token.#exclusively(() => token.#logIn());
    return token;
  }

  /** Returns what the database holds instead of the key (RFC 7512). */
  get uri(): string {
    const { token, key } = this.#settings;
    return `pkcs11:token=${encodeURIComponent(token)};object=${encodeURIComponent(key)};type=private`;
  }

  /** Returns the key, or undefined where the token has none with the label. @throws HardwareError */
  async find(): Promise<RemoteKey | undefined> {
    const found = await this.#exclusively(() => this.#openKey());
    return found === undefined ? undefined : this.#remoteKey(found);
  }

  /** Generates a key that never leaves the token. @throws HardwareError */
  async generate(bits: number): Promise<RemoteKey> {
    await this.#exclusively(() => this.#generate(bits));
    const found = await this.find();
    if (found === undefined) {
      throw new HardwareError('key_missing', this.#settings.key);
    }
    return found;
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work).catch((error: unknown) => {
      if (error instanceof CryptokiError) {
        throw new HardwareError('failed', error.message, { cause: error });
      }
      throw error;
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #slot(): Promise<number> {
    const slots = Buffer.alloc(MAX_SLOTS * ulong(0).length);
    const count = ulong(MAX_SLOTS);
    await this.#cryptoki.call('C_GetSlotList', 1, slots, count);
    const found: number[] = [];
    for (let index = 0; index < numberIn(count); index += 1) {
      const info = Buffer.alloc(TOKEN_INFO_BYTES);
      const slot = numberIn(slots, index);
      await this.#cryptoki.call('C_GetTokenInfo', slot, info);
      if (info.toString('utf8', 0, LABEL_BYTES).trimEnd() === this.#settings.token) {
        found.push(slot);
      }
    }
    const [slot] = found;
    if (slot === undefined || found.length > 1) {
      throw new HardwareError(slot === undefined ? 'token_missing' : 'token_ambiguous', this.#settings.token);
    }
    return slot;
  }

  async #logIn(): Promise<number> {
    const args = Buffer.alloc(INITIALIZE_ARGS_BYTES);
    args.writeBigUInt64LE(BigInt(OS_LOCKING), 4 * ulong(0).length);
    await this.#tolerating(CKR.alreadyInitialized, this.#cryptoki.call('C_Initialize', args));
    const session = ulong(0);
    await this.#cryptoki.call('C_OpenSession', await this.#slot(), SESSION, null, null, session);
    const handle = numberIn(session);
    const pin = Buffer.from(this.#settings.pin);
    try {
      await this.#tolerating(
        CKR.userAlreadyLoggedIn,
        this.#cryptoki.call('C_Login', handle, USER, pin, pin.length),
      );
    } catch (error) {
      const code = error instanceof CryptokiError ? PIN_CODES[error.rv] : undefined;
      await this.#cryptoki.call('C_CloseSession', handle);
      throw code === undefined ? error : new HardwareError(code, this.#settings.token, { cause: error });
    } finally {
      pin.fill(0);
    }
    this.#session = handle;
    return handle;
  }

  async #tolerating(rv: number, call: Promise<void>): Promise<void> {
    await call.catch((error: unknown) => {
      if (!(error instanceof CryptokiError) || error.rv !== rv) {
        throw error;
      }
    });
  }

  async #objects(session: number, attributes: readonly Pointing[]): Promise<readonly number[]> {
    const template = this.#cryptoki.pointers(attributes);
    const handles = Buffer.alloc(2 * ulong(0).length);
    const count = ulong(0);
    await this.#cryptoki.call('C_FindObjectsInit', session, template, attributes.length);
    try {
      await this.#cryptoki.call('C_FindObjects', session, handles, 2, count);
    } finally {
      await this.#cryptoki.call('C_FindObjectsFinal', session);
    }
    return Array.from({ length: numberIn(count) }, (_, index) => numberIn(handles, index));
  }

  async #attribute(session: number, object: number, type: number): Promise<Buffer> {
    const value = Buffer.alloc(MAX_MODULUS_BYTES);
    const template = this.#cryptoki.pointers([[type, value]]);
    await this.#cryptoki.call('C_GetAttributeValue', session, object, template, 1);
    return value.subarray(0, numberIn(template, 2));
  }

  async #openKey(): Promise<OpenKey | undefined> {
    const session = this.#session ?? (await this.#logIn());
    const { key: label } = this.#settings;
    const labelled: Pointing = [CKA.label, Buffer.from(label)];
    const found = await this.#objects(session, [[CKA.class, ulong(CLASS.privateKey)], labelled]);
    const [handle] = found;
    if (handle === undefined) {
      return undefined;
    }
    if (found.length > 1) {
      throw new HardwareError('key_ambiguous', label);
    }
    if (numberIn(await this.#attribute(session, handle, CKA.keyType)) !== CKK_RSA) {
      throw new HardwareError('key_not_rsa', label);
    }
    const n = await this.#attribute(session, handle, CKA.modulus);
    const e = await this.#attribute(session, handle, CKA.publicExponent);
    const jwk = { kty: 'RSA', n: n.toString('base64url'), e: e.toString('base64url') };
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < MIN_BITS) {
      throw new HardwareError('key_too_short', `${label}, ${bits} bits`);
    }
    return { session, handle, publicKey };
  }

  async #generate(bits: number): Promise<void> {
    const session = this.#session ?? (await this.#logIn());
    const shared: readonly Pointing[] = [
      [CKA.token, TRUE],
      [CKA.label, Buffer.from(this.#settings.key)],
      [CKA.id, Buffer.from(this.#settings.key)],
    ];
    const publicAttributes: readonly Pointing[] = [
      ...shared,
      [CKA.verify, TRUE],
      [CKA.modulusBits, ulong(bits)],
      [CKA.publicExponent, EXPONENT],
    ];
    const privateAttributes: readonly Pointing[] = [
      ...shared,
      [CKA.private, TRUE],
      [CKA.sensitive, TRUE],
      [CKA.extractable, FALSE],
      [CKA.sign, TRUE],
    ];
    const mechanism = this.#cryptoki.pointers([[MECHANISM.generateRsa, Buffer.alloc(0)]]);
    await this.#cryptoki.call(
      'C_GenerateKeyPair',
      session,
      mechanism,
      this.#cryptoki.pointers(publicAttributes),
      publicAttributes.length,
      this.#cryptoki.pointers(privateAttributes),
      privateAttributes.length,
      ulong(0),
      ulong(0),
    );
  }

  #remoteKey({ publicKey, ...first }: OpenKey): RemoteKey {
    let { session, handle } = first;
    const bytes = Math.ceil((publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
    const reopen = async (): Promise<void> => {
      this.#session = undefined;
      const again = await this.#openKey();
      if (again?.publicKey.equals(publicKey) !== true) {
        throw new HardwareError('key_missing', this.#settings.key);
      }
      ({ session, handle } = again);
    };
    const attempt = (scheme: SignatureScheme, content: Buffer): Promise<Buffer> =>
      this.#signOnce({ session, handle, bytes }, scheme, content);
    return {
      type: 'remote',
      publicKey,
      sign: (scheme, content) =>
        this.#exclusively(async () => {
          try {
            return await attempt(scheme, content);
          } catch (error) {
            if (!(error instanceof CryptokiError) || !LOST.has(error.rv)) {
              throw error;
            }
            await reopen();
            return attempt(scheme, content);
          }
        }).catch((error: unknown) => {
          if (error instanceof HardwareError) {
            throw new ApiError('unavailable', `${error.message} ${error.advice}`, {
              cause: error,
              retryAfter: 10,
            });
          }
          throw error;
        }),
    };
  }

  async #signOnce(
    key: { readonly session: number; readonly handle: number; readonly bytes: number },
    scheme: SignatureScheme,
    content: Buffer,
  ): Promise<Buffer> {
    const salt = key.bytes - SHA256_BYTES - 2;
    const parameter =
      scheme === 'pss'
        ? Buffer.concat([ulong(MECHANISM.sha256), ulong(MGF1_SHA256), ulong(salt)])
        : Buffer.alloc(0);
    const mechanism = this.#cryptoki.pointers([[MECHANISM[scheme], parameter]]);
    const signature = Buffer.alloc(key.bytes);
    const length = ulong(key.bytes);
    await this.#cryptoki.call('C_SignInit', key.session, mechanism, key.handle);
    await this.#cryptoki.call('C_Sign', key.session, content, content.length, signature, length);
    return signature.subarray(0, numberIn(length));
  }
}
