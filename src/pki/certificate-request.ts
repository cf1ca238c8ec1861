import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { bytesOf, fromUntrustedDer, itemsOf, oid, tagOf, toDer, type Asn1 } from './der.ts';
import { OID } from './oids.ts';
import { PkiError } from './pki-error.ts';

/** A request for a certificate (PKCS#10, RFC 2986) whose signature was checked. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly organization: string | undefined;
  readonly unstructuredName: string | undefined;
  /** The alternative names that it asks for, GeneralNames in DER; nobody has checked them. */
  readonly alternativeNames: Buffer | undefined;
  readonly keyBits: number;
  /** RSAPublicKey of PKCS#1, DER. */
  readonly publicKeyDer: Buffer;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal. */
  readonly publicKeySha256: string;
}

const MAX_BYTES = 16 * 1024;
const MIN_KEY_BITS = 2048;
const MAX_KEY_BITS = 8192;
const PUBLIC_EXPONENT = 65_537n;
const PEM =
  /^-----BEGIN (NEW )?CERTIFICATE REQUEST-----\s+([A-Za-z0-9+/=\s]+?)-----END \1CERTIFICATE REQUEST-----\s*$/;

const refuse = (detail: string, cause?: unknown): never => {
  throw new PkiError('request_invalid', { detail, cause });
};

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const sameOid = (tree: Asn1 | undefined, dotted: string): boolean =>
  bytesOf(tree).equals(bytesOf(oid(dotted)));

const derIn = (bytes: Buffer): Buffer => {
  if (bytes.length > MAX_BYTES) {
    refuse(`it is longer than ${MAX_BYTES} bytes`);
  }
  if (bytes[0] === 0x30) {
    return bytes;
  }
  const body = PEM.exec(bytes.toString('latin1').trimStart())?.[2];
  return body === undefined
    ? refuse('it is neither DER nor one PEM block "CERTIFICATE REQUEST"')
    : Buffer.from(body, 'base64');
};

/** Bit strings of PKCS#10 are whole bytes: the first one counts the bits left over. */
const wholeBytes = (tree: Asn1 | undefined): Buffer => {
  const bytes = bytesOf(tree);
  if (bytes.length < 2 || bytes[0] !== 0) {
    refuse('a bit string in it is damaged');
  }
  return bytes.subarray(1);
};

const rsaKeyIn = (info: Asn1): KeyObject => {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: toDer(info), format: 'der', type: 'spki' });
  } catch (error) {
    return refuse('its public key cannot be read', error);
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type !== 'rsa') {
    refuse(`its key is of type ${type ?? 'unknown'}; NVFLARE signs jobs with RSA keys only`);
  }
  const bits = details?.modulusLength ?? 0;
  if (bits < MIN_KEY_BITS) {
    refuse(`its RSA key has ${bits} bits; ${MIN_KEY_BITS} are the least`);
  }
  if (bits > MAX_KEY_BITS) {
    refuse(`its RSA key has ${bits} bits; ${MAX_KEY_BITS} are the most`);
  }
  if (details?.publicExponent !== PUBLIC_EXPONENT) {
    refuse(`its RSA key has another exponent than ${PUBLIC_EXPONENT}`);
  }
  return key;
};

const DIGESTS = [
  [OID.sha256WithRsa, 'sha256'],
  [OID.sha384WithRsa, 'sha384'],
  [OID.sha512WithRsa, 'sha512'],
] as const;

const requireSignature = (
  info: Asn1,
  algorithm: Asn1 | undefined,
  signature: Asn1 | undefined,
  key: KeyObject,
): void => {
  const digest = DIGESTS.find(([dotted]) => sameOid(itemsOf(algorithm)[0], dotted))?.[1];
  if (digest === undefined) {
    return refuse('it is not signed with RSA and SHA-256, SHA-384 or SHA-512');
  }
  if (!verify(digest, toDer(info), key, wholeBytes(signature))) {
    refuse('its signature is wrong: whoever made it does not hold the key, or it was changed');
  }
};

const TEXT_TAGS: ReadonlySet<number> = new Set([12, 19, 22]);
const ATTRIBUTES = [
  [OID.commonName, 'commonName'],
  [OID.organization, 'organization'],
  [OID.unstructuredName, 'unstructuredName'],
] as const;
type Attribute = (typeof ATTRIBUTES)[number][1];

/** Also those that change how a name reads. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const decoded = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    return refuse('its subject holds a text that is not UTF-8', error);
  }
};

const textOf = (tree: Asn1 | undefined): string => {
  if (tree === undefined || !TEXT_TAGS.has(tagOf(tree))) {
    return refuse('its subject holds a text of an unusual type');
  }
  const text = decoded(bytesOf(tree));
  return CONTROL.test(text) ? refuse('its subject holds control characters') : text;
};

const subjectIn = (subject: Asn1 | undefined): ReadonlyMap<Attribute, string> => {
  const found = new Map<Attribute, string>();
  for (const relative of itemsOf(subject)) {
    const [pair, ...more] = itemsOf(relative);
    const [type, value] = itemsOf(pair);
    const name = ATTRIBUTES.find(([dotted]) => sameOid(type, dotted))?.[1];
    if (name === undefined || more.length > 0 || found.has(name)) {
      return refuse('its subject may hold one CN, one O and one unstructuredName, and nothing else');
    }
    found.set(name, textOf(value));
  }
  return found;
};

const EXTENSION_REQUESTS = [OID.extensionRequest, OID.microsoftExtensionRequest];

/** A client that renews a certificate repeats its alternative names (RFC 7030, 4.2.2). */
const alternativeNamesIn = (attributes: Asn1 | undefined): Buffer | undefined => {
  const [request, ...more] = itemsOf(attributes).filter((attribute) =>
    EXTENSION_REQUESTS.some((dotted) => sameOid(itemsOf(attribute)[0], dotted)),
  );
  if (request === undefined) {
    return undefined;
  }
  const [type, values] = itemsOf(request);
  const extensions = itemsOf(values).flatMap(itemsOf);
  const [extensionType, ...content] = itemsOf(extensions[0]);
  const isNames = sameOid(type, OID.extensionRequest) && sameOid(extensionType, OID.subjectAltName);
  return more.length === 0 && extensions.length === 1 && isNames
    ? bytesOf(content.at(-1))
    : refuse('it asks for extensions; the names in the certificate are those that were approved here');
};

const treeOf = (der: Buffer): Asn1 => {
  try {
    return fromUntrustedDer(der);
  } catch (error) {
    return refuse('it is not DER', error);
  }
};

/**
 * Reads a certificate request, PEM or DER, and checks that whoever made it holds the key.
 *
 * @throws PkiError `request_invalid` saying why
 */
export const readCertificateRequest = (bytes: Buffer): CertificateRequest => {
  if (bytes.includes('PRIVATE KEY')) {
    refuse('it holds a private key, which must never leave its machine; generate another key');
  }
  const der = derIn(bytes);
  const tree = treeOf(der);
  if (!toDer(tree).equals(der)) {
    refuse('it is not DER');
  }
  const [info, algorithm, signature] = itemsOf(tree);
  const [version, subject, publicKey, attributes] = itemsOf(info);
  if (info === undefined || publicKey === undefined || !bytesOf(version).equals(Buffer.of(0))) {
    return refuse('it is no request of PKCS#10');
  }
  const key = rsaKeyIn(publicKey);
  requireSignature(info, algorithm, signature, key);
  const alternativeNames = alternativeNamesIn(attributes);
  const names = subjectIn(subject);
  const commonName = names.get('commonName') ?? '';
  if (commonName === '') {
    refuse('its subject has no CN');
  }
  return {
    commonName,
    organization: names.get('organization'),
    unstructuredName: names.get('unstructuredName'),
    alternativeNames,
    keyBits: key.asymmetricKeyDetails?.modulusLength ?? 0,
    publicKeyDer: key.export({ type: 'pkcs1', format: 'der' }),
    publicKeySha256: sha256(key.export({ type: 'spki', format: 'der' })),
  };
};
