import { ApiError } from '../../../contract/errors.ts';
import type { EncryptionPolicy, ZipEncryption } from '../../../contract/zip-encryption.ts';
import type { KitRequest } from '../../../contract/api/root-ca.ts';
import { AesPin, Pin } from '../../../contract/names.ts';
import { generatePin } from '../../kits/generated-pin.ts';

/** Encryption and PIN of a kit's zip. */
export interface KitEncryption {
  readonly encryption: ZipEncryption;
  readonly pin: string;
  /** The backend generated the PIN. */
  readonly generated: boolean;
}

/** A request that names no encryption comes from an API client of NVIDIA's, which opens ZipCrypto only. */
const encryptionOf = (policy: EncryptionPolicy, wanted: ZipEncryption | undefined): ZipEncryption => {
  if (policy === 'any') {
    return wanted ?? 'zipcrypto';
  }
  if (wanted === undefined || wanted === policy) {
    return policy;
  }
  const message = 'the project allows AES-256 only';
  throw new ApiError('conflicting', `encryption: ${message}`, {
    fields: [{ path: 'encryption', code: 'aes256_only', message }],
  });
};

/**
 * Chooses encryption and PIN of a kit.
 *
 * @throws ApiError `conflicting` for an encryption that the project does not allow, `invalid` for a PIN that is too
 *   weak for it
 */
export const chooseEncryption = (policy: EncryptionPolicy, request: KitRequest): KitEncryption => {
  const encryption = encryptionOf(policy, request.encryption);
  const { pin } = request;
  if (pin === undefined) {
    return { encryption, pin: generatePin(), generated: true };
  }
  const checked = (encryption === 'aes256' ? AesPin : Pin).safeParse(pin);
  const issue = checked.error?.issues[0];
  if (issue === undefined) {
    return { encryption, pin, generated: false };
  }
  throw new ApiError('invalid', `pin ${issue.message}`, {
    fields: [{ path: 'pin', message: issue.message }],
  });
};

/** @throws ApiError `conflicting` when the project has become stricter while the kit was made */
export const requireAllowed = (policy: EncryptionPolicy, { encryption }: KitEncryption): void => {
  encryptionOf(policy, encryption);
};
