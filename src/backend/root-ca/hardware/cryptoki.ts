import { errorCode } from '../../../contract/error-code.ts';
import { HardwareError } from './hardware-error.ts';

/** Bytes of CK_ULONG; 64-bit systems other than Windows, all little-endian where Node runs. */
const ULONG_BYTES = 8;
const ATTRIBUTE_BYTES = 3 * ULONG_BYTES;

/** Return values of PKCS#11 2.40 that are told apart. */
export const CKR = {
  ok: 0x0,
  deviceError: 0x30,
  deviceRemoved: 0x32,
  keyHandleInvalid: 0x60,
  objectHandleInvalid: 0x82,
  pinIncorrect: 0xa0,
  pinInvalid: 0xa1,
  pinLengthRange: 0xa2,
  pinLocked: 0xa4,
  sessionClosed: 0xb0,
  sessionHandleInvalid: 0xb3,
  tokenNotPresent: 0xe0,
  userAlreadyLoggedIn: 0x100,
  userNotLoggedIn: 0x101,
  alreadyInitialized: 0x191,
} as const;

/** A C function that koffi calls in another thread. */
interface ForeignFunction {
  readonly async: (...values: unknown[]) => unknown;
}

/** Describes what a function of the module returned instead of CKR_OK. */
export class CryptokiError extends Error {
  override readonly name = 'CryptokiError';
  readonly rv: number;

  constructor(call: string, rv: number) {
    super(`${call} returned 0x${rv.toString(16)}`);
    this.rv = rv;
  }
}

/** Parameters of each function that is used, in C. */
const FUNCTIONS = {
  C_Initialize: 'void *args',
  C_GetSlotList: 'uint8_t present, void *slots, void *count',
  C_GetTokenInfo: 'unsigned long slot, void *info',
  C_OpenSession: 'unsigned long slot, unsigned long flags, void *application, void *notify, void *session',
  C_CloseSession: 'unsigned long session',
  C_Login: 'unsigned long session, unsigned long user, void *pin, unsigned long length',
  C_FindObjectsInit: 'unsigned long session, void *template, unsigned long count',
  C_FindObjects: 'unsigned long session, void *objects, unsigned long max, void *count',
  C_FindObjectsFinal: 'unsigned long session',
  C_GetAttributeValue: 'unsigned long session, unsigned long object, void *template, unsigned long count',
  C_GenerateKeyPair:
    'unsigned long session, void *mechanism, void *publicTemplate, unsigned long publicCount, void *privateTemplate, unsigned long privateCount, void *publicKey, void *privateKey',
  C_SignInit: 'unsigned long session, void *mechanism, unsigned long key',
  C_Sign:
    'unsigned long session, void *content, unsigned long length, void *signature, void *signatureLength',
} as const;
type FunctionName = keyof typeof FUNCTIONS;
type Argument = Buffer | number | null;

/** CK_ULONG. */
export const ulong = (value: number): Buffer => {
  const bytes = Buffer.alloc(ULONG_BYTES);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

export const numberIn = (bytes: Buffer, index = 0): number =>
  Number(bytes.readBigUInt64LE(index * ULONG_BYTES));

/** An attribute, or a mechanism with its parameter: a number and the bytes it points to. */
export type Pointing = readonly [type: number, value: Buffer];

/** A PKCS#11 module of a hardware token, loaded into the process. */
export class Cryptoki {
  readonly #functions: ReadonlyMap<string, ForeignFunction>;
  readonly #address: (bytes: Buffer) => bigint;
  /** Keeps reachable what memory points to, as long as the memory itself. */
  readonly #targets = new WeakMap<Buffer, readonly Pointing[]>();
  readonly #inUse = new Set<readonly Argument[]>();

  private constructor(functions: ReadonlyMap<string, ForeignFunction>, address: (bytes: Buffer) => bigint) {
    this.#functions = functions;
    this.#address = address;
  }

  /** @throws HardwareError `library_missing`, `module_missing`, `module_unusable`, `platform_unsupported` */
  static async load(path: string): Promise<Cryptoki> {
    const koffi = await import('koffi').then(
      (loaded) => loaded.default,
      (error: unknown) => {
        throw new HardwareError('library_missing', errorCode(error) ?? '', { cause: error });
      },
    );
    if (process.platform === 'win32' || koffi.sizeof('unsigned long') !== ULONG_BYTES) {
      throw new HardwareError('platform_unsupported', process.platform);
    }
    try {
      const library = koffi.load(path);
      const functions = Object.entries(FUNCTIONS).map(
        ([name, parameters]) => [name, library.func(`unsigned long ${name}(${parameters})`)] as const,
      );
      return new Cryptoki(new Map(functions), (bytes) => koffi.address(bytes));
    } catch (error) {
      throw new HardwareError('module_unusable', path, { cause: error });
    }
  }

  /** Lays out CK_ATTRIBUTEs, or one CK_MECHANISM. */
  pointers(list: readonly Pointing[]): Buffer {
    const bytes = Buffer.alloc(list.length * ATTRIBUTE_BYTES);
    for (const [index, [type, value]] of list.entries()) {
      const start = index * ATTRIBUTE_BYTES;
      bytes.writeBigUInt64LE(BigInt(type), start);
      bytes.writeBigUInt64LE(value.length === 0 ? 0n : this.#address(value), start + ULONG_BYTES);
      bytes.writeBigUInt64LE(BigInt(value.length), start + 2 * ULONG_BYTES);
    }
    this.#targets.set(bytes, list);
    return bytes;
  }

  /** Calls a function outside the event loop. @throws CryptokiError unless it returns CKR_OK */
  async call(name: FunctionName, ...values: readonly Argument[]): Promise<void> {
    const run = this.#functions.get(name);
    this.#inUse.add(values);
    const rv = await new Promise<number>((resolve, reject) => {
      run?.async(...values, (error: unknown, result: unknown) => {
        if (error === null || error === undefined) {
          resolve(Number(result));
        } else {
          reject(error instanceof Error ? error : new Error('a call of the module failed'));
        }
      });
    }).finally(() => {
      this.#inUse.delete(values);
    });
    if (rv !== CKR.ok) {
      throw new CryptokiError(name, rv);
    }
  }
}
