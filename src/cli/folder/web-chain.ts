import { X509Certificate, type KeyObject } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { connect, createSecureContext, TLSSocket, type SecureContext } from 'node:tls';

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;
const MIN_RSA_BITS = 2048;
const HANDSHAKE_MS = 5000;

/** Messages of OpenSSL, and their meaning for an operator. */
const OPENSSL_REASONS: readonly (readonly [RegExp, string])[] = [
  [/no shared cipher|no suitable|unsupported/, 'no client can use the kind of key in web.crt'],
];

const reasonOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return OPENSSL_REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? message;
};

/**
 * Why a file cannot be read as PEM.
 *
 * @param name of the file
 * @param content what it holds in PEM form elsewhere
 * @param text of the file, decoded as UTF-8
 */
export const notPem = (name: string, content: string, text: string): string => {
  if (text.includes('\0') && text.includes('B\0E\0G\0I\0N')) {
    return `${name} is encoded in UTF-16; save it as plain text (UTF-8)`;
  }
  // DER begins with 0x30 and a length of several bytes.
  return text.startsWith('0\uFFFD')
    ? `${name} is a DER or PKCS#12 file; convert it to PEM with openssl`
    : `${name} holds no ${content} in PEM form`;
};

/**
 * Reads all certificates of a PEM file, in their order.
 *
 * @throws Error with a sentence when there is none, or two of them are not on lines of their own
 */
export const readChain = (pem: string): readonly X509Certificate[] => {
  if (/-----END [A-Z0-9 ]*-----[^\S\r\n]*-----BEGIN/.test(pem)) {
    throw new Error('two certificates in web.crt are not separated by a line break');
  }
  const found = pem.match(CERTIFICATE) ?? [];
  if (found.length === 0) {
    throw new Error(notPem('web.crt', 'certificate', pem));
  }
  return found.map((text) => {
    try {
      return new X509Certificate(text);
    } catch (error) {
      throw new Error('web.crt holds no certificate in PEM form', { cause: error });
    }
  });
};

const nameOf = (distinguishedName: string): string => distinguishedName.split('\n').join(', ');

const isIssuer = (issuer: X509Certificate | undefined, certificate: X509Certificate): boolean =>
  issuer !== undefined && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

/** Warns where a chain stops short of a self-signed certificate or is not in the order of RFC 8446, 4.4.2. */
const chainWarnings = (chain: readonly X509Certificate[]): readonly string[] => {
  for (const [at, certificate] of chain.entries()) {
    if (isIssuer(certificate, certificate)) {
      return [];
    }
    const next = chain[at + 1];
    if (isIssuer(next, certificate)) {
      continue;
    }
    const issuer = nameOf(certificate.issuer);
    if (chain.some((other) => other !== certificate && isIssuer(other, certificate))) {
      return [
        `web.crt is out of order: each certificate must be followed by that of its issuer ("${issuer}").`,
      ];
    }
    const isCa = certificate.ca;
    if (isCa && next === undefined) {
      return [];
    }
    return [
      `web.crt does not contain the certificate of "${issuer}", which issued "${nameOf(certificate.subject)}". ` +
        'Clients refuse the connection unless they trust that issuer directly; append its certificate.',
    ];
  }
  return [];
};

/** Warns of issuers that clients refuse for their dates; a root is in their own store. */
const issuerDateWarnings = (chain: readonly X509Certificate[], now: Date): readonly string[] =>
  chain
    .slice(1)
    .filter((certificate) => !isIssuer(certificate, certificate))
    .flatMap((certificate) => {
      const [notBefore, notAfter] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
      const named = `the certificate of "${nameOf(certificate.subject)}" in web.crt`;
      if (notAfter <= now) {
        return [
          `${named} expired on ${notAfter.toISOString()}; clients refuse the connection. Replace it with the issuer's current one.`,
        ];
      }
      return notBefore > now
        ? [`${named} is not valid before ${notBefore.toISOString()}; check this host's clock.`]
        : [];
    });

/** Extended key usages: id-kp-serverAuth and anyExtendedKeyUsage (RFC 5280, 4.2.1.12). */
const SERVING: readonly string[] = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'];

/** Warns of a certificate that was issued for something else than serving, such as for a client. */
const purposeWarnings = ([certificate]: readonly X509Certificate[]): readonly string[] => {
  // Undefined without the extension, whatever its type says.
  const usages: readonly string[] | undefined = certificate?.keyUsage;
  return usages === undefined || usages.some((usage) => SERVING.includes(usage))
    ? []
    : [
        'the web certificate is not meant for servers (its extended key usage lacks serverAuth); clients refuse it.',
      ];
};

/** Object identifiers in DER: md5WithRSAEncryption, sha1WithRSAEncryption, ecdsa-with-SHA1 (RFC 3279, 2.2). */
const WEAK_SIGNATURES = ['06092a864886f70d010104', '06092a864886f70d010105', '06072a8648ce3d0401'].map(
  (hex) => Buffer.from(hex, 'hex'),
);

/** Throws for what OpenSSL's security level 2 refuses, whichever level this Node has. */
const rejectWeak = (chain: readonly X509Certificate[]): void => {
  for (const certificate of chain) {
    const bits = certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS;
    const name = nameOf(certificate.subject);
    if (bits < MIN_RSA_BITS) {
      throw new Error(`the key of "${name}" has ${bits} bits; clients require ${MIN_RSA_BITS} or more`);
    }
    // Nobody checks a root's own signature.
    if (isIssuer(certificate, certificate)) {
      continue;
    }
    if (WEAK_SIGNATURES.some((oid) => certificate.raw.includes(oid))) {
      throw new Error(`"${name}" is signed with SHA-1 or MD5, which clients no longer accept`);
    }
  }
};

/** Completes a handshake with itself, inside this process, as a client would. */
const shakeHands = (secureContext: SecureContext): Promise<void> =>
  new Promise((resolve, reject) => {
    const [serverSide, clientSide] = duplexPair();
    const server = new TLSSocket(serverSide, { isServer: true, secureContext });
    const client = connect({ socket: clientSide, rejectUnauthorized: false });
    const timer = setTimeout(() => {
      end(new Error('the TLS handshake did not complete'));
    }, HANDSHAKE_MS);
    const end = (error?: Error): void => {
      clearTimeout(timer);
      server.destroy();
      client.destroy();
      if (error === undefined) {
        resolve();
      } else {
        reject(error);
      }
    };
    client.once('secureConnect', () => {
      end();
    });
    for (const side of [server, client]) {
      side.on('error', end);
    }
  });

/**
 * Checks what clients check of a web certificate, beyond its own dates.
 *
 * @param chain the certificates of web.crt, in their order
 * @param pair PEM of web.crt and of its unencrypted key
 * @returns warnings for people, each a sentence
 * @throws Error with a sentence when no client could connect
 */
export const checkChain = async (
  chain: readonly X509Certificate[],
  pair: { readonly cert: string; readonly key: string },
  now: Date,
): Promise<readonly string[]> => {
  rejectWeak(chain);
  try {
    await shakeHands(createSecureContext(pair));
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
  return [...purposeWarnings(chain), ...chainWarnings(chain), ...issuerDateWarnings(chain, now)];
};

/** Explains why the key does not belong to the first certificate. */
export const mismatchReason = (chain: readonly X509Certificate[], key: KeyObject): string =>
  chain.some((certificate) => certificate.checkPrivateKey(key))
    ? "web.crt does not begin with the server's own certificate; put it first and its issuers after it"
    : 'web.key is not the key of web.crt';
