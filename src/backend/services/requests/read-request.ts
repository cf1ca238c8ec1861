import { createHash } from 'node:crypto';
import { readRequestZip, type RequestClaims } from '../../../kits/request-zip.ts';
import { ZipError } from '../../../kits/read-zip.ts';
import { readCertificateRequest, type CertificateRequest } from '../../../pki/certificate-request.ts';
import { PkiError } from '../../../pki/pki-error.ts';
import { refusedRequest } from './refused-request.ts';

/** A request whose signature was checked; the claims beside it were not. */
export interface ReadRequest {
  readonly csr: CertificateRequest;
  /** The PKCS#10 file itself. */
  readonly csrBytes: Buffer;
  readonly csrSha256: string;
  /** Of `nvflare cert request`; undefined for a bare request. */
  readonly envelope: { readonly claims: RequestClaims; readonly siteYaml: Buffer } | undefined;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const ZIP = Buffer.from('PK');

const requireHashes = (
  { csr, csrSha256 }: Pick<ReadRequest, 'csr' | 'csrSha256'>,
  claims: RequestClaims,
  siteYaml: Buffer,
): void => {
  const wrong = [
    ['CSR', claims.csr_sha256, csrSha256],
    ['public key', claims.public_key_sha256, csr.publicKeySha256],
    ['site.yaml', claims.site_yaml_sha256, sha256(siteYaml)],
  ].find(([, claimed, actual]) => claimed !== actual);
  if (wrong !== undefined) {
    throw refusedRequest(`the hash of the ${wrong[0] ?? ''} in request.json is wrong`);
  }
};

const read = async (bytes: Buffer): Promise<ReadRequest> => {
  if (!bytes.subarray(0, ZIP.length).equals(ZIP)) {
    return {
      csr: readCertificateRequest(bytes),
      csrBytes: bytes,
      csrSha256: sha256(bytes),
      envelope: undefined,
    };
  }
  const { claims, siteYaml, csr: csrBytes } = await readRequestZip(bytes);
  const found = { csr: readCertificateRequest(csrBytes), csrBytes, csrSha256: sha256(csrBytes) };
  requireHashes(found, claims, siteYaml);
  return { ...found, envelope: { claims, siteYaml } };
};

/**
 * Reads what somebody submitted: a zip of `nvflare cert request`, or a request of PKCS#10.
 *
 * @throws ApiError `invalid` saying why it is refused
 */
export const readRequest = async (bytes: Buffer): Promise<ReadRequest> => {
  try {
    return await read(bytes);
  } catch (error) {
    if (error instanceof ZipError) {
      throw refusedRequest(`the zip ${error.message}`, error);
    }
    if (error instanceof PkiError && error.code === 'request_invalid') {
      throw refusedRequest(error.message, error);
    }
    throw error;
  }
};
