/** Describes what a certificate is for; decides subject, extensions and validity. */
export type CertificateKind = 'server' | 'overseer' | 'client' | 'admin' | 'listener' | 'job-ca';

export type KeyBits = 2048 | 3072 | 4096;

/** A name a certificate is valid for (RFC 5280, 4.2.1.6). */
export interface SubjectAltName {
  readonly type: 'dns' | 'ip' | 'uri';
  readonly value: string;
}

/** A leaf that a kit needs: the CA decides serial, validity and signature. */
export interface LeafRequest {
  readonly kind: CertificateKind;
  readonly commonName: string;
  readonly organization?: string;
  /** Goes into unstructuredName; console certificates only. */
  readonly role?: string;
  /** Goes into unstructuredName where there is no role: `nvflare package` takes no site or server without it. */
  readonly certificateType?: 'client' | 'server';
  readonly subjectAltNames: readonly SubjectAltName[];
}

/** A leaf that the root CA has signed. */
export interface IssuedCertificate {
  readonly kind: CertificateKind;
  readonly commonName: string;
  readonly organization: string | undefined;
  readonly role: string | undefined;
  /** All names the certificate is valid for, in its order. */
  readonly subjectAltNames: readonly string[];
  /** X.509 PEM, one certificate. */
  readonly certificatePem: string;
  /** Upper-case hexadecimal. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SHA-256 of the DER, lower-case hexadecimal. */
  readonly sha256: string;
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal. */
  readonly publicKeySha256: string;
  /** SHA-256 of the root certificate that comes with it, lower-case hexadecimal. */
  readonly rootSha256: string;
}

/** A leaf with its key, as it goes into a kit. */
export interface IssuedLeaf extends IssuedCertificate {
  /** PKCS#1 PEM ("BEGIN RSA PRIVATE KEY"), not encrypted. */
  readonly privateKeyPem: string;
}
