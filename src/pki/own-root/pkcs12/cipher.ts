import { createDecipheriv } from 'node:crypto';
// Node's OpenSSL has no RC2 any more, with which older programs encrypt certificates.
import rc2 from 'node-forge/lib/rc2.js';
import util from 'node-forge/lib/util.js';
import { itemsOf, type Asn1 } from '../../der.ts';
import { namedBy, numberOf, octetsOf, requireNamed, tableOf } from './ber.ts';
import type { PassphraseForm } from './passphrase-forms.ts';
import { pbkdf2Key, readPbkdf2, type Pbkdf2Derivation } from './pbkdf2-key.ts';
import { pkcs12Key, PURPOSE } from './pkcs12-key.ts';
import type { WorkLimit } from './work-limit.ts';

interface Cipher {
  readonly name: 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc' | 'rc2';
  /** Bytes. */
  readonly key: number;
}

const PBES2 = tableOf([['1.2.840.113549.1.5.13', true]]);
const MODERN = tableOf<Cipher>([
  ['2.16.840.1.101.3.4.1.2', { name: 'aes-128-cbc', key: 16 }],
  ['2.16.840.1.101.3.4.1.22', { name: 'aes-192-cbc', key: 24 }],
  ['2.16.840.1.101.3.4.1.42', { name: 'aes-256-cbc', key: 32 }],
  ['1.2.840.113549.3.7', { name: 'des-ede3-cbc', key: 24 }],
]);
/** RFC 7292, C. Triple DES with two keys takes the first again as the third. */
const LEGACY = tableOf<Cipher>([
  ['1.2.840.113549.1.12.1.3', { name: 'des-ede3-cbc', key: 24 }],
  ['1.2.840.113549.1.12.1.4', { name: 'des-ede3-cbc', key: 16 }],
  ['1.2.840.113549.1.12.1.5', { name: 'rc2', key: 16 }],
  ['1.2.840.113549.1.12.1.6', { name: 'rc2', key: 5 }],
]);
const LEGACY_VECTOR = 8;
const TRIPLE_DES_KEY = 24;

/** How something is encrypted with a passphrase. */
export type Encryption = { readonly cipher: Cipher } & (
  | { readonly salt: Buffer; readonly rounds: number }
  | { readonly derivation: Pbkdf2Derivation; readonly vector: Buffer }
);

/** Reads the algorithm of an encrypted bag. @throws OwnRootError `pkcs12_unsupported` */
export const readEncryption = (algorithm: Asn1 | undefined): Encryption => {
  const [name, parameters] = itemsOf(algorithm);
  if (namedBy(name, PBES2) === true) {
    const [derivation, scheme] = itemsOf(parameters);
    const [cipher, vector] = itemsOf(scheme);
    return {
      cipher: requireNamed(cipher, MODERN, 'another cipher than AES or triple DES'),
      derivation: readPbkdf2(derivation),
      vector: octetsOf(vector),
    };
  }
  const [salt, rounds] = itemsOf(parameters);
  return {
    cipher: requireNamed(name, LEGACY, 'another cipher than AES, triple DES or RC2'),
    salt: octetsOf(salt),
    rounds: numberOf(rounds),
  };
};

/** @throws OwnRootError `pkcs12_derivation` */
export const countEncryption = (encryption: Encryption, limit: WorkLimit): void => {
  const { key } = encryption.cipher;
  if ('derivation' in encryption) {
    limit.addPbkdf2(encryption.derivation.rounds, key, encryption.derivation.digest);
    return;
  }
  limit.addPkcs12(encryption.rounds, key, 'sha1');
  limit.addPkcs12(encryption.rounds, LEGACY_VECTOR, 'sha1');
};

const decryptRc2 = (key: Buffer, vector: Buffer, content: Buffer): Buffer => {
  const cipher = rc2.createDecryptionCipher(key.toString('latin1'), key.length * 8);
  cipher.start(vector.toString('latin1'));
  cipher.update(util.createBuffer(content.toString('latin1')));
  if (!cipher.finish()) {
    throw new Error('the padding is wrong');
  }
  return Buffer.from(cipher.output.getBytes(), 'latin1');
};

const derived = async (
  encryption: Encryption,
  { utf8, utf16 }: PassphraseForm,
): Promise<{ readonly key: Buffer; readonly vector: Buffer }> => {
  const { key: length } = encryption.cipher;
  if ('derivation' in encryption) {
    return { key: await pbkdf2Key(utf8, encryption.derivation, length), vector: encryption.vector };
  }
  const { salt, rounds } = encryption;
  const from = { digest: 'sha1', salt, rounds } as const;
  return {
    key: pkcs12Key(utf16, { ...from, purpose: PURPOSE.key, length }),
    vector: pkcs12Key(utf16, { ...from, purpose: PURPOSE.vector, length: LEGACY_VECTOR }),
  };
};

/** @throws Error for a wrong passphrase or changed content, most of the time: the padding tells */
export const decrypt = async (
  encryption: Encryption,
  content: Buffer,
  passphrase: PassphraseForm,
): Promise<Buffer> => {
  const { key, vector } = await derived(encryption, passphrase);
  const { name } = encryption.cipher;
  if (name === 'rc2') {
    return decryptRc2(key, vector, content);
  }
  const whole = name === 'des-ede3-cbc' ? Buffer.concat([key, key]).subarray(0, TRIPLE_DES_KEY) : key;
  const decipher = createDecipheriv(name, whole, vector);
  return Buffer.concat([decipher.update(content), decipher.final()]);
};
