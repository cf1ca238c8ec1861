import { z } from 'zod';
import { OWN_ROOT_WARNINGS } from '../own-root.ts';
import { HttpDate } from './response.ts';

/** Room for a chain of CAs. */
const MAX_PEM = 65_536;
const certificate = z
  .string()
  .min(1)
  .max(MAX_PEM)
  .describe('PEM: the certificate and, unless it is self-signed, the CAs above it');

/** POST /ca/import: a root CA of one's own, with its key: certificate and key, or both in one file of PKCS#12. */
export const RootImport = z
  .strictObject({
    certificate: certificate.optional(),
    key: z
      .string()
      .min(1)
      .max(MAX_PEM)
      .optional()
      .describe('PEM, PKCS#1 or PKCS#8, encrypted or not; missing with pkcs12'),
    pkcs12: z
      .base64()
      .min(1)
      .max(MAX_PEM)
      .optional()
      .describe('a file of PKCS#12 with key and certificate, in base64, instead of both'),
    /** Of the key or the file of PKCS#12; stored nowhere. */
    passphrase: z.string().max(1024).optional(),
  })
  .superRefine(({ pkcs12, ...parts }, context) => {
    for (const path of ['certificate', 'key'] as const) {
      if ((parts[path] === undefined) === (pkcs12 === undefined)) {
        context.addIssue({
          code: 'custom',
          path: [path],
          message: pkcs12 === undefined ? 'is missing' : 'is in the PKCS#12 file already: leave it out',
          params: { code: pkcs12 === undefined ? 'missing' : 'duplicate' },
        });
      }
    }
  });

/** POST /ca/certificate: what another CA issued for the request. */
export const RootSigned = z.strictObject({ certificate });

export const PREPARED_STATES = ['none', 'requested', 'ready'] as const;

/** A root CA of one's own that the freeze takes instead of generating one. */
export const PreparedRoot = z.object({
  /** `requested`: its request waits for the signature of another CA. */
  state: z.enum(PREPARED_STATES),
  common_name: z.string().optional(),
  key_location: z.enum(['database', 'token']).optional(),
  key_encrypted: z.boolean().optional(),
  created_by: z.string().optional(),
  created_at: HttpDate.optional(),
  /** PEM of the request for a certificate (PKCS#10). */
  request: z.string().optional(),
  certificate: z.string().optional(),
  /** PEM of the CAs above, the nearest first. */
  chain: z.string().optional(),
  /** SHA-256 of the certificate, upper-case pairs with colons. */
  fingerprint_sha256: z.string().optional(),
  subject: z.string().optional(),
  issuer: z.string().optional(),
  not_before: HttpDate.optional(),
  not_after: HttpDate.optional(),
  /**
   * `no_job_ca`: its pathlen allows no CA below it, so servers get no job CA, which NVFLARE 2.10 needs; `no_crl`: it may
   * not sign the revocation list, which proxies then reject.
   */
  warnings: z.array(z.enum(OWN_ROOT_WARNINGS)).optional(),
});
export type PreparedRoot = z.infer<typeof PreparedRoot>;

export const PreparedRootResponse = z.object({ status: z.string(), prepared: PreparedRoot });
