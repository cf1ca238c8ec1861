import type { KeyOrigin } from '../../../contract/revocation.ts';
import { certificatesForKey, requestsForKey } from '../../store/certificate-requests.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { refusedRequest } from './refused-request.ts';

/** Describes what the ledger knows of a key. */
export interface KeyHistory {
  /** Serial number of the holder's newest certificate with it. */
  readonly renews: string | undefined;
  readonly origin: KeyOrigin;
}

/**
 * Looks a key up: one that belongs to somebody else, or whose certificate was revoked, is not certified again.
 *
 * @param holder as in the ledger
 * @throws ApiError `invalid`
 */
export const keyHistory = async (
  db: Reader | Trx,
  publicKeySha256: string,
  holder: string,
): Promise<KeyHistory> => {
  const certificates = await certificatesForKey(db, publicKeySha256);
  const requests = await requestsForKey(db, publicKeySha256);
  if ([...certificates, ...requests].some((row) => row.holder !== holder)) {
    throw refusedRequest('the key belongs to somebody else; generate another key');
  }
  if (certificates.some((row) => row.revoked_at !== '')) {
    throw refusedRequest('a certificate of this key was revoked; generate another key');
  }
  const [newest] = certificates;
  // A key that came with a kit from here stays one, whoever asks for its next certificate.
  return { renews: newest?.serial, origin: newest?.key_origin === 'dashboard' ? 'dashboard' : 'site' };
};
