import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isMissing } from '../../contract/error-code.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';
import { CHALLENGES } from './challenge-types.ts';

export const AcmeSettings = z.object({
  directory: z.string(),
  /** Absolute path of a private CA that vouches for the directory. */
  caFile: z.string().optional(),
  email: z.string().optional(),
  domains: z.array(z.string()).min(1),
  challenge: z.enum(CHALLENGES),
  listen: z.object({ host: z.string().optional(), port: z.int().min(1).max(65535) }),
});
/** Describes how a web certificate is obtained, and again at each renewal. */
export type AcmeSettings = Readonly<z.infer<typeof AcmeSettings>>;

export const AcmeState = AcmeSettings.extend({
  /** SHA-256 of the certificate that was obtained, to leave one of others alone. */
  fingerprint: z.string(),
});
/** Content of cert/acme.json. */
export type AcmeState = Readonly<z.infer<typeof AcmeState>>;

/** Names below cert/. */
export const ACME_FILES = { state: 'acme.json', accountKey: 'acme-account.key' } as const;

/** @throws CliError `file_unusable` */
export const readFileIfThere = async (path: string, advice: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw CLI_ERRORS.fileUnusable({ path, reason: systemReason(error), advice }, { cause: error });
  }
};

/** @throws CliError `file_unusable` when it is not as the command wrote it */
export const readAcmeState = async (cert: string): Promise<AcmeState | undefined> => {
  const path = join(cert, ACME_FILES.state);
  const advice = 'Obtain the certificate again with `dashboard tls acme`.';
  const text = await readFileIfThere(path, advice);
  if (text === undefined) {
    return undefined;
  }
  try {
    return AcmeState.parse(JSON.parse(text));
  } catch (error) {
    throw CLI_ERRORS.fileUnusable(
      { path, reason: 'it is not as `dashboard tls acme` wrote it', advice },
      { cause: error },
    );
  }
};

/** Returns the certificate in web.crt, or undefined where there is none that can be read. */
export const readServedCertificate = async (cert: string): Promise<X509Certificate | undefined> => {
  try {
    return new X509Certificate(await readFile(join(cert, 'web.crt')));
  } catch {
    return undefined;
  }
};
