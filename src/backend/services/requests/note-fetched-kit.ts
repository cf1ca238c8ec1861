import type { ServiceContext } from '../../context/context.ts';
import { certificatesBySerial } from '../../store/revocations.ts';
import { clearOutdatedKit } from '../../store/reissue.ts';

/** Notes that the kit around a certificate that stays in force was fetched as it is now. */
export const noteFetchedKit = async ({ db }: Pick<ServiceContext, 'db'>, serial: string): Promise<void> => {
  const [certificate] = await certificatesBySerial(db.reader, [serial]);
  if (certificate?.outdated === 'kit') {
    await db.write((trx) => clearOutdatedKit(trx, serial));
  }
};
