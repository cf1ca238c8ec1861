import { readRootCertificate } from '../../../pki/root-certificate.ts';
import type { ServiceContext } from '../../context/context.ts';
import { issuedKitOf, keepIssuedKit } from '../../store/issued-kits.ts';
import { clearOutdatedKit } from '../../store/reissue.ts';
import { certificatesBySerial } from '../../store/revocations.ts';
import { noteRootOf } from '../../store/root-renewal.ts';
import { issuedKitRow, type HandedOut } from '../kits/issued-kits.ts';

/** Notes that the kit around a certificate that stays in force was fetched as it is now. */
export const noteFetchedKit = async (
  { db, rootCa }: Pick<ServiceContext, 'db' | 'rootCa'>,
  kit: HandedOut,
): Promise<void> => {
  const { serial } = kit;
  const { sha256 } = readRootCertificate(rootCa.root().certificatePem);
  const row = issuedKitRow(kit);
  const [certificate] = await certificatesBySerial(db.reader, [serial]);
  const before = await issuedKitOf(db.reader, serial);
  const isKnown = before?.content === row.content && before.form === row.form;
  if (certificate?.outdated === 'kit' || certificate?.root_sha256 !== sha256 || !isKnown) {
    await db.write(async (trx) => {
      await clearOutdatedKit(trx, serial);
      await noteRootOf(trx, serial, sha256);
      await keepIssuedKit(trx, row);
    });
  }
};
