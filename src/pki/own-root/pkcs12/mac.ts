import { createHmac, timingSafeEqual } from 'node:crypto';
import { itemsOf, type Asn1 } from '../../der.ts';
import { namedBy, numberOf, octetsOf, requireNamed, tableOf } from './ber.ts';
import type { PassphraseForm } from './passphrase-forms.ts';
import { pbkdf2Key, readPbkdf2, type Pbkdf2Derivation } from './pbkdf2-key.ts';
import { DIGESTS, pkcs12Key, PURPOSE, type Digest } from './pkcs12-key.ts';
import type { WorkLimit } from './work-limit.ts';

const HASHES = tableOf<Digest>([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);
const HMACS = tableOf<Digest>([
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);
const PBMAC1 = tableOf([['1.2.840.113549.1.5.14', true]]);
/** RFC 9579 allows no shorter key. */
const MIN_KEY = 20;
const MAX_KEY = 64;

/** The code over a file's content, and how its key is derived. */
export type Mac = { readonly expected: Buffer; readonly digest: Digest } & (
  | { readonly salt: Buffer; readonly rounds: number }
  | { readonly derivation: Pbkdf2Derivation & { readonly length: number } }
);

/** PBMAC1 (RFC 9579): the parameters of the algorithm name derivation and code. */
const readPbmac1 = (parameters: Asn1 | undefined, expected: Buffer): Mac => {
  const [derivation, scheme] = itemsOf(parameters);
  const pbkdf2 = readPbkdf2(derivation);
  const digest = requireNamed(itemsOf(scheme)[0], HMACS, 'a code of PBMAC1');
  const length = pbkdf2.length ?? 0;
  if (length < MIN_KEY || length > MAX_KEY) {
    requireNamed(undefined, HMACS, 'a key length of PBMAC1');
  }
  return { expected, digest, derivation: { ...pbkdf2, length } };
};

/** Reads MacData (RFC 7292, 4). @throws OwnRootError `pkcs12_unsupported` */
export const readMac = (data: Asn1): Mac => {
  const [info, salt, rounds] = itemsOf(data);
  const [algorithm, code] = itemsOf(info);
  const [name, parameters] = itemsOf(algorithm);
  const expected = octetsOf(code);
  if (namedBy(name, PBMAC1) === true) {
    return readPbmac1(parameters, expected);
  }
  return {
    expected,
    digest: requireNamed(name, HASHES, 'the digest of its code'),
    salt: octetsOf(salt),
    rounds: rounds === undefined ? 1 : numberOf(rounds),
  };
};

/** @throws OwnRootError `pkcs12_derivation` */
export const countMac = (mac: Mac, limit: WorkLimit): void => {
  if ('derivation' in mac) {
    limit.addPbkdf2(mac.derivation.rounds, mac.derivation.length, mac.derivation.digest);
    return;
  }
  limit.addPkcs12(mac.rounds, DIGESTS[mac.digest].size, mac.digest);
};

const keyOf = async (mac: Mac, { utf8, utf16 }: PassphraseForm): Promise<Buffer> =>
  'derivation' in mac
    ? pbkdf2Key(utf8, mac.derivation, mac.derivation.length)
    : pkcs12Key(utf16, { ...mac, purpose: PURPOSE.mac, length: DIGESTS[mac.digest].size });

/** True when the passphrase is right and the content unchanged. */
export const isUnchanged = async (
  mac: Mac,
  content: Buffer,
  passphrase: PassphraseForm,
): Promise<boolean> => {
  const code = createHmac(mac.digest, await keyOf(mac, passphrase))
    .update(content)
    .digest();
  return code.length === mac.expected.length && timingSafeEqual(code, mac.expected);
};
