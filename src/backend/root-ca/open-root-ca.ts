import { readStoredRoot } from '../store/read-stored-root.ts';
import type { DatabaseLocation } from '../store/open.ts';
import { isInHardware } from '../../pki/root-key.ts';
import { HardwareError } from './hardware/hardware-error.ts';
import type { HardwareSettings } from './hardware/hardware-token.ts';
import { RootCaKeeper } from './root-ca-keeper.ts';

/**
 * The keeper of the root CA for a start, before the database is opened for writing.
 *
 * @param passphrase undefined and the empty text mean none; an encrypted key then stays sealed
 * @throws HardwareError; PkiError as RootCaKeeper.open; what the database's driver says
 */
export const openRootCa = async (
  place: DatabaseLocation,
  passphrase: string | undefined,
  hardware?: HardwareSettings,
): Promise<RootCaKeeper> => {
  const stored = await readStoredRoot(place);
  if (hardware === undefined) {
    if (stored !== undefined && isInHardware(stored.key)) {
      throw new HardwareError('settings_missing', stored.key);
    }
    return RootCaKeeper.open(stored, passphrase);
  }
  const { HardwareToken } = await import('./hardware/hardware-token.ts');
  return RootCaKeeper.open(stored, passphrase, await HardwareToken.open(hardware));
};
