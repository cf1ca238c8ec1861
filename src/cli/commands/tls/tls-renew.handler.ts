import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { ACME_ERRORS } from '../../acme/acme-errors.ts';
import { AcmeSettings, readAcmeState, readServedCertificate } from '../../acme/acme-settings.ts';
import { inspectFolder } from '../../folder/inspect-folder.ts';
import type { Handler } from '../../handler.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';
import { issuePair } from './issue-pair.ts';

const DAY_MS = 86_400_000;
const RENEW_MS = 30 * DAY_MS;

const Flags = z.object({ force: z.boolean().default(false) });

/** Returns when a certificate is due: 30 days before its end, or after two thirds of a shorter life. */
const dueAt = ({ validFromDate, validToDate }: X509Certificate): Date => {
  const third = (validToDate.getTime() - validFromDate.getTime()) / 3;
  return new Date(validToDate.getTime() - Math.min(RENEW_MS, third));
};

/** `dashboard tls renew`: renews what `tls acme` obtained, when it is due. */
export const renew: Handler = async (flags, _words, context) => {
  const { runtime } = context;
  const { folder } = await readTargetSettings(flags, runtime);
  const { force } = Flags.parse(flags);
  const { owner } = await inspectFolder(folder, runtime.uid);
  const cert = join(folder, 'cert');
  const state = await readAcmeState(cert);
  if (state === undefined) {
    throw ACME_ERRORS.nothingToRenew({ folder });
  }
  const served = await readServedCertificate(cert);
  if (served !== undefined && served.fingerprint256 !== state.fingerprint) {
    throw ACME_ERRORS.pairOfOthers({ folder: cert });
  }
  if (served !== undefined && !force && runtime.now() < dueAt(served)) {
    const due = dueAt(served).toISOString();
    return {
      data: { state: 'unchanged', notAfter: served.validToDate.toISOString(), due },
      lines: [`Nothing to do: the certificate is due on ${due.slice(0, 10)}.`],
    };
  }
  const { certificate } = await issuePair(cert, AcmeSettings.parse(state), owner, context);
  const notAfter = certificate.validToDate.toISOString();
  return {
    data: {
      state: 'renewed',
      domains: state.domains,
      notAfter,
      fingerprint: certificate.fingerprint256,
    },
    lines: [`Renewed the certificate for ${state.domains.join(', ')}; valid to ${notAfter.slice(0, 10)}.`],
  };
};
