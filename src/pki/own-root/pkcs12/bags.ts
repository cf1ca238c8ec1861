import { fromUntrustedDer, itemsOf, toDer, type Asn1 } from '../../der.ts';
import { countEncryption, decrypt, readEncryption, type Encryption } from './cipher.ts';
import { namedBy, octetsOf, requireNamed, tableOf } from './ber.ts';
import type { PassphraseForm } from './passphrase-forms.ts';
import type { WorkLimit } from './work-limit.ts';

const CONTENTS = tableOf<'plain' | 'encrypted'>([
  ['1.2.840.113549.1.7.1', 'plain'],
  ['1.2.840.113549.1.7.6', 'encrypted'],
]);
const BAGS = tableOf<'key' | 'sealed key' | 'certificate' | 'bags'>([
  ['1.2.840.113549.1.12.10.1.1', 'key'],
  ['1.2.840.113549.1.12.10.1.2', 'sealed key'],
  ['1.2.840.113549.1.12.10.1.3', 'certificate'],
  ['1.2.840.113549.1.12.10.1.6', 'bags'],
]);
const X509 = tableOf([['1.2.840.113549.1.9.22.1', true]]);

/** Something encrypted with the passphrase. */
export interface Sealed {
  readonly encryption: Encryption;
  readonly content: Buffer;
}

/** What bags hold: keys as PKCS#8, certificates as X.509. */
export interface Bags {
  readonly keys: readonly (Buffer | Sealed)[];
  readonly certificates: readonly Buffer[];
}

const NOTHING: Bags = { keys: [], certificates: [] };

export const joined = (all: readonly Bags[]): Bags => ({
  keys: all.flatMap(({ keys }) => keys),
  certificates: all.flatMap(({ certificates }) => certificates),
});

const bagOf = (item: Asn1): Bags => {
  const [kind, wrapped] = itemsOf(item);
  const [value] = itemsOf(wrapped);
  switch (namedBy(kind, BAGS)) {
    case 'key':
      return { ...NOTHING, keys: value === undefined ? [] : [toDer(value)] };
    case 'sealed key': {
      const [algorithm, content] = itemsOf(value);
      return { ...NOTHING, keys: [{ encryption: readEncryption(algorithm), content: octetsOf(content) }] };
    }
    case 'certificate': {
      const [format, certificate] = itemsOf(value);
      const content = octetsOf(itemsOf(certificate)[0]);
      return namedBy(format, X509) === true ? { ...NOTHING, certificates: [content] } : NOTHING;
    }
    case 'bags':
      return joined(itemsOf(value).map(bagOf));
    // Revocation lists and other secrets are no part of a CA's identity.
    case undefined:
      return NOTHING;
  }
};

/** Reads SafeContents (RFC 7292, 4.2). @throws Error when it is no DER; OwnRootError `pkcs12_unsupported` */
const bagsIn = (content: Buffer): Bags => joined(itemsOf(fromUntrustedDer(content)).map(bagOf));

/** Reads one ContentInfo of the authenticated safe. @throws as {@link bagsIn} */
export const readContent = (item: Asn1): Bags | Sealed => {
  const [kind, wrapped] = itemsOf(item);
  const [content] = itemsOf(wrapped);
  if (requireNamed(kind, CONTENTS, 'encrypted for a public key') === 'plain') {
    return bagsIn(octetsOf(content));
  }
  const [, algorithm, encrypted] = itemsOf(itemsOf(content)[1]);
  return { encryption: readEncryption(algorithm), content: octetsOf(encrypted) };
};

/** Decrypts what encrypted bags hold. @throws Error for a wrong passphrase; OwnRootError `pkcs12_derivation` */
export const openContent = async (
  content: Bags | Sealed,
  passphrase: PassphraseForm,
  limit: WorkLimit,
): Promise<Bags> => ('keys' in content ? content : bagsIn(await open(content, passphrase, limit)));

/** @throws as {@link openContent} */
export const open = (
  { encryption, content }: Sealed,
  passphrase: PassphraseForm,
  limit: WorkLimit,
): Promise<Buffer> => {
  countEncryption(encryption, limit);
  return decrypt(encryption, content, passphrase);
};
