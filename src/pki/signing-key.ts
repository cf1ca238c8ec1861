import { createPublicKey, type KeyObject } from 'node:crypto';

/**
 * Describes how the root CA signs: `pkcs1` (RSASSA-PKCS1-v1_5 with SHA-256) for certificates and revocation lists, `pss`
 * (RSASSA-PSS with SHA-256, MGF1 with SHA-256 and the longest salt) for NVFLARE's detached signatures.
 */
export type SignatureScheme = 'pkcs1' | 'pss';

/** A key that signs where it lies and cannot be read, such as one in a hardware token. */
export interface RemoteKey {
  readonly type: 'remote';
  readonly publicKey: KeyObject;
  readonly sign: (scheme: SignatureScheme, content: Buffer) => Promise<Buffer>;
}

/** The root CA's key: in memory, or in a token. */
export type SigningKey = KeyObject | RemoteKey;

export const publicKeyOf = (key: SigningKey): KeyObject =>
  key.type === 'remote' ? key.publicKey : createPublicKey(key);
