import { randomBytes, sign, type KeyObject } from 'node:crypto';
import { bits, empty, explicit, integer, oid, sequence, time, toDer, type Asn1 } from './der.ts';
import { OID } from './oids.ts';
import type { SigningKey } from './signing-key.ts';

const SERIAL_BYTES = 20;
const VERSION_3 = Uint8Array.of(2);

/** Returns a random serial: 20 bytes, positive, never shortened by DER (RFC 5280, 4.1.2.2); 158 random bits. */
export const randomSerial = (): Buffer => {
  const serial = randomBytes(SERIAL_BYTES);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
};

/** The contents of a certificate before it is signed. */
export interface CertificateContent {
  readonly serial: Uint8Array;
  readonly issuer: Asn1;
  readonly subject: Asn1;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** RSAPublicKey of PKCS#1, DER. */
  readonly publicKeyDer: Uint8Array;
  readonly extensions: readonly Asn1[];
}

export const SIGNATURE_ALGORITHM = (): Asn1 => sequence([oid(OID.sha256WithRsa), empty()]);

/** @param publicKeyDer RSAPublicKey of PKCS#1 */
export const subjectPublicKeyInfo = (publicKeyDer: Uint8Array): Asn1 =>
  sequence([sequence([oid(OID.rsaEncryption), empty()]), bits(publicKeyDer)]);

const tbsCertificate = (content: CertificateContent): Asn1 =>
  sequence([
    explicit(0, integer(VERSION_3)),
    integer(content.serial),
    SIGNATURE_ALGORITHM(),
    content.issuer,
    sequence([time(content.notBefore), time(content.notAfter)]),
    content.subject,
    subjectPublicKeyInfo(content.publicKeyDer),
    explicit(3, sequence([...content.extensions])),
  ]);

const signInThreadPool = (tbs: Buffer, key: KeyObject): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    sign('sha256', tbs, key, (error, signature) => {
      if (error) {
        reject(error);
      } else {
        resolve(signature);
      }
    });
  });

/** Signs what X.509 calls "to be signed" with SHA-256 and RSA (PKCS#1 v1.5) off the event loop; resolves with DER. */
export const signTbs = async (tbs: Asn1, issuerKey: SigningKey): Promise<Buffer> => {
  const content = toDer(tbs);
  const signature = await (issuerKey.type === 'remote'
    ? issuerKey.sign('pkcs1', content)
    : signInThreadPool(content, issuerKey));
  return toDer(sequence([tbs, SIGNATURE_ALGORITHM(), bits(signature)]));
};

/** Signs a certificate; resolves with its DER. */
export const signCertificate = (content: CertificateContent, issuerKey: SigningKey): Promise<Buffer> =>
  signTbs(tbsCertificate(content), issuerKey);

const PEM_LINE = /.{1,64}/g;

/** Encodes DER as PEM (RFC 7468), with a trailing line feed. */
export const pemOf = (label: string, der: Buffer): string => {
  const lines = der.toString('base64').match(PEM_LINE) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
};

/** Encodes one certificate as PEM. */
export const certificatePem = (der: Buffer): string => pemOf('CERTIFICATE', der);
