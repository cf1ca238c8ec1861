import { isLoopback } from '../services/names/loopback.ts';
import { normalizeName } from '../services/names/normalize-name.ts';
import { insertCertificate } from '../store/certificates.ts';
import type { Trx } from '../store/database.ts';
import { insertIssuedNames } from '../store/issued-names.ts';
import { toTimestamp } from '../store/timestamp.ts';
import type { ImportedCertificate } from './imported-certificates.ts';

/** Holder of an imported name. */
export interface Holder {
  readonly kind: 'server' | 'overseer' | 'admin' | 'client';
  /** As in the ledger; empty for a name that the project file has no longer. */
  readonly holder: string;
  readonly holderId: number;
  readonly organization: string;
}

/** Returns what a certificate was for whose holder the project file has no longer. */
const formerHolder = ({ role, subjectAltNames, organization }: ImportedCertificate): Holder => ({
  kind: role === '' ? (subjectAltNames.length > 0 ? 'server' : 'client') : 'admin',
  holder: '',
  holderId: 0,
  organization,
});

/**
 * Enters the certificates of deployed kits into the ledger, so that they can be revoked, and reserves their names.
 *
 * @param holders by normalized name
 */
export const enterCertificates = async (
  trx: Trx,
  certificates: readonly ImportedCertificate[],
  holders: ReadonlyMap<string, Holder>,
  at: string,
): Promise<void> => {
  for (const certificate of certificates) {
    const { kind, holder, holderId, organization } =
      holders.get(normalizeName(certificate.commonName)) ?? formerHolder(certificate);
    const { serial } = certificate;
    await insertCertificate(trx, {
      kind,
      common_name: certificate.commonName,
      serial,
      sha256: certificate.sha256,
      not_before: toTimestamp(certificate.notBefore),
      not_after: toTimestamp(certificate.notAfter),
      requested_by: '',
      created_at: at,
      subject_alt_names: JSON.stringify(certificate.subjectAltNames),
      holder,
      holder_id: holderId,
      organization: certificate.organization,
      role: certificate.role,
      key_origin: 'site',
      public_key_sha256: certificate.publicKeySha256,
      root_sha256: certificate.rootSha256,
    });
    const names = new Set([certificate.commonName, ...certificate.subjectAltNames].map(normalizeName));
    await insertIssuedNames(
      trx,
      [...names]
        .filter((name) => !isLoopback(name))
        .map((name) => ({ name, holder, organization, kind, serial })),
    );
  }
};
