import type { Reader } from './database.ts';

/** A certificate in use and whom it belongs to. */
export interface ExpiringCertificate {
  readonly serial: string;
  readonly common_name: string;
  readonly not_after: string;
  /** E-mail of the user, or of whoever registered the site; null for a server. */
  readonly owner: string | null;
}

/** Lists certificates in use that expire between two stored times. */
export const expiringCertificates = (
  db: Reader,
  from: string,
  until: string,
): Promise<ExpiringCertificate[]> =>
  db
    .selectFrom('certificate')
    .leftJoin('client', (join) =>
      join
        .onRef('client.id', '=', 'certificate.holder_id')
        .on((row) => row('certificate.holder', 'like', 'client:%')),
    )
    .leftJoin('user', (join) =>
      join.on((row) =>
        row.or([
          row.and([
            row('certificate.holder', 'like', 'user:%'),
            row('user.id', '=', row.ref('certificate.holder_id')),
          ]),
          row('user.id', '=', row.ref('client.creator_id')),
        ]),
      ),
    )
    .select(['certificate.serial', 'certificate.common_name', 'certificate.not_after', 'user.email as owner'])
    .where('certificate.superseded_by', '=', '')
    .where('certificate.revoked_at', '=', '')
    .where('certificate.not_after', '>', from)
    .where('certificate.not_after', '<=', until)
    .orderBy('certificate.id')
    .execute();
