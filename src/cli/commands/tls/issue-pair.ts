import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { ACME_FILES, type AcmeSettings, type AcmeState, readFileIfThere } from '../../acme/acme-settings.ts';
import { maintain } from '../../backend/maintain.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { CommandContext } from '../../handler.ts';

/** A pair that is in place. */
export interface IssuedPair {
  readonly certificate: X509Certificate;
  readonly termsOfService: string | undefined;
}

const readCa = async (path: string): Promise<string> => {
  const advice = 'Name a file with the certificate of the private CA in PEM form with --ca-file.';
  const text = await readFileIfThere(path, advice);
  try {
    return new X509Certificate(text ?? '').toString();
  } catch (error) {
    const reason = text === undefined ? 'it does not exist' : 'it holds no certificate in PEM form';
    throw CLI_ERRORS.fileUnusable({ path, reason, advice }, { cause: error });
  }
};

/**
 * Obtains a certificate and puts it in place with its key, the account and what the next renewal needs. A failure leaves
 * everything as it was.
 *
 * @param cert folder of web.crt and web.key
 * @param owner as whom root writes
 */
export const issuePair = async (
  cert: string,
  settings: AcmeSettings,
  owner: { readonly uid: number; readonly gid: number },
  { runtime, output, signal }: CommandContext,
): Promise<IssuedPair> => {
  const { obtainCertificate } = await import('../../acme/obtain-certificate.ts');
  const accountKey = await readFileIfThere(join(cert, ACME_FILES.accountKey), 'Delete it to register anew.');
  const ca = settings.caFile === undefined ? undefined : await readCa(settings.caFile);
  const obtained = await obtainCertificate(settings, ca, accountKey, {
    signal,
    step: (text) => {
      output.step(text);
    },
  });
  const certificate = new X509Certificate(obtained.certificate);
  const state: AcmeState = { ...settings, fingerprint: certificate.fingerprint256 };
  await maintain(
    {
      task: 'write-certificate',
      folder: cert,
      files: {
        'acme-account.key': obtained.accountKey,
        'web.key': obtained.key,
        'web.crt': obtained.certificate,
        'acme.json': `${JSON.stringify(state, undefined, 2)}\n`,
      },
    },
    runtime,
    owner,
  );
  return { certificate, termsOfService: obtained.termsOfService };
};
