import BetterSqlite from 'better-sqlite3';
import { X509Certificate } from 'node:crypto';
import type { CertificateExpiry } from '../../../contract/maintenance.ts';
import { storedAs } from '../../../pki/root-key.ts';
import { fromTimestamp, toTimestamp } from '../timestamp.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

interface InForce {
  readonly common_name: string;
  readonly not_after: string;
}

const inForce = (connection: BetterSqlite.Database): readonly InForce[] => {
  const columns = connection.prepare<[], { name: string }>('pragma table_info(certificate)').all();
  // A database that no backend of this version has opened yet tells superseded certificates from no others.
  if (!columns.some(({ name }) => name === 'superseded_by')) {
    return [];
  }
  return connection
    .prepare<[], InForce>(
      `select common_name, not_after from certificate
        where revoked_at = '' and superseded_by = '' order by not_after, id`,
    )
    .all();
};

/**
 * Reads when the root CA and the certificates in force expire, also while a backend writes the file.
 *
 * @throws better-sqlite3's SqliteError when it is no project's database
 */
export const certificateExpiry = (file: string, now: Date): CertificateExpiry => {
  const connection = new BetterSqlite(file, { readonly: true, fileMustExist: true });
  try {
    const root = connection.prepare<[], Buffer | null>('select root_cert from project').pluck().get();
    const key = connection.prepare<[], Buffer | null>('select root_key from project').pluck().get();
    if (root === undefined || root === null || root.length === 0) {
      return { soon: 0, expired: 0 };
    }
    const at = toTimestamp(now);
    const soon = toTimestamp(new Date(now.getTime() + SOON_DAYS * DAY_MS));
    const rows = inForce(connection);
    const valid = rows.filter(({ not_after: end }) => end > at);
    const [first] = valid;
    return {
      ...(key === undefined || key === null ? {} : { rootKey: storedAs(key.toString('utf8')) }),
      root: new Date(new X509Certificate(root).validTo).toISOString(),
      ...(first === undefined
        ? {}
        : { first: { name: first.common_name, at: fromTimestamp(first.not_after).toISOString() } }),
      soon: valid.filter(({ not_after: end }) => end <= soon).length,
      expired: rows.length - valid.length,
    };
  } finally {
    connection.close();
  }
};
