import type { OwnRootCode } from '../../contract/own-root.ts';

/** Reason and advice, as the end of a sentence that begins with "The certificate" or "The key". */
const MESSAGES: Readonly<Record<OwnRootCode, string>> = {
  root_unreadable:
    'cannot be read: give PEM, which `openssl x509 -inform der -in FILE -out root.pem` writes from DER',
  root_pkcs12:
    'is a PKCS#12 file: import it alone, without another file for the key, or write its certificates with `openssl pkcs12 -in FILE -nokeys -out root.pem`',
  root_not_rsa: 'has no RSA key: NVFLARE signs startup kits with RSA only, so use an RSA key',
  root_weak: 'is too weak: it needs an RSA key of 2,048 to 8,192 bits and a signature with SHA-256 or better',
  root_not_ca: 'is not that of a CA: it needs basicConstraints, critical, with CA:TRUE',
  root_no_cert_sign: 'may not sign certificates: it needs keyUsage with keyCertSign',
  root_restricted:
    'is restricted: it needs to be without name constraints and other critical extensions, and extendedKeyUsage, if there is one, with both serverAuth and clientAuth',
  root_path_length: 'is one too many: pathlen in a CA above it allows no further CA',
  root_outdated: 'has expired: use one that is valid',
  root_not_yet_valid: "is not valid yet: use it from then on, or check this machine's clock",
  root_wrong_name:
    "has another CN than the project's short name, which NVFLARE's tools compare: have it issued for that name, or change the short name",
  root_surplus: 'comes with certificates that do not belong to its chain: leave them out',
  root_chain_incomplete:
    'was signed by a CA that is missing: append the certificates of the CAs above it, up to the self-signed one',
  root_chain_invalid: 'has a chain with a CA that has expired or may not sign certificates',
  root_mismatch: 'does not belong to the key: give the certificate that was issued for this key',
  key_unreadable: 'cannot be read: give one private key as PEM (PKCS#1 or PKCS#8)',
  key_not_rsa: 'is no RSA key: NVFLARE signs startup kits with RSA only, so use an RSA key',
  key_encrypted: 'is encrypted: give its passphrase too',
  key_derivation:
    'asks for too much work before its passphrase can be tried: encrypt it anew with `openssl pkcs8 -topk8 -in FILE -out root.key`',
  pkcs12_unreadable: 'cannot be read: it is damaged, or no PKCS#12',
  pkcs12_unsupported:
    'is encrypted in a way that is not supported: export it anew with `openssl pkcs12 -export`',
  pkcs12_incomplete: 'needs to hold the private key of the root CA and its certificate',
  pkcs12_several_keys: 'holds several private keys: export the one of the root CA alone',
  pkcs12_derivation:
    'asks for too much work before its passphrase can be tried: export it anew with `openssl pkcs12 -export`',
  key_passphrase_wrong: 'does not open with this passphrase, or is damaged',
};

/** A root CA of one's own that cannot be used, and why. */
export class OwnRootError extends Error {
  override readonly name = 'OwnRootError';
  readonly code: OwnRootCode;

  constructor(code: OwnRootCode, options: ErrorOptions & { readonly detail?: string | undefined } = {}) {
    super(options.detail === undefined ? MESSAGES[code] : `${MESSAGES[code]} (${options.detail})`, options);
    this.code = code;
  }
}
