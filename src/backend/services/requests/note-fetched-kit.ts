import { readRootCertificate } from '../../../pki/root-certificate.ts';
import type { ServiceContext } from '../../context/context.ts';
import { clearOutdatedKit } from '../../store/reissue.ts';
import { certificatesBySerial } from '../../store/revocations.ts';
import { noteRootOf } from '../../store/root-renewal.ts';

/** Notes that the kit around a certificate that stays in force was fetched as it is now. */
export const noteFetchedKit = async (
  { db, authority }: Pick<ServiceContext, 'db' | 'authority'>,
  serial: string,
): Promise<void> => {
  const { sha256 } = readRootCertificate(authority.root().certificatePem);
  const [certificate] = await certificatesBySerial(db.reader, [serial]);
  if (certificate?.outdated === 'kit' || certificate?.root_sha256 !== sha256) {
    await db.write(async (trx) => {
      await clearOutdatedKit(trx, serial);
      await noteRootOf(trx, serial, sha256);
    });
  }
};
