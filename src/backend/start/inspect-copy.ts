import type { MaintenanceRequest, ProjectInspection } from '../../contract/maintenance.ts';
import { PkiError } from '../../pki/pki-error.ts';
import { isSealed } from '../../pki/root-key.ts';
import { StartError } from '../context/start-error.ts';
import { RootCaKeeper } from '../root-ca/root-ca-keeper.ts';
import { readStoredRoot } from '../store/read-stored-root.ts';
import type { SavedRoot } from '../store/stored-root.ts';
import { countProject } from '../store/sqlite/count-project.ts';

type InspectRequest = Extract<MaintenanceRequest, { readonly task: 'inspect' }>;

/** @throws StartError where the key is damaged, no part of the certificate, or not opened by the passphrase */
const openRoot = async (
  stored: SavedRoot | undefined,
  passphrase: string | undefined,
): Promise<ProjectInspection['rootCa']> => {
  try {
    const { certificatePem = '', key = '' } = stored ?? {};
    const keeper = await RootCaKeeper.open(
      stored === undefined ? undefined : { certificatePem, key },
      passphrase,
    );
    return keeper.state();
  } catch (error) {
    if (!(error instanceof PkiError)) {
      throw error;
    }
    throw new StartError(
      error.code === 'passphrase_wrong' ? 'passphraseWrong' : 'databaseUnusable',
      `The root CA cannot be used: ${error.message}.`,
      error.code === 'passphrase_wrong' ? 'Give the passphrase of its time.' : 'Use another copy.',
      { cause: error },
    );
  }
};

/**
 * Looks at a copy of a project: how much it holds, and whether its root CA can issue certificates.
 *
 * @throws StartError `passphraseWrong`, `databaseUnusable`
 */
export const inspectCopy = async ({ database, passphrase }: InspectRequest): Promise<ProjectInspection> => {
  const stored = await readStoredRoot({ engine: 'sqlite', file: database });
  return {
    ...countProject(database),
    rootKeyInClear: stored !== undefined && !isSealed(stored.key),
    rootCa: await openRoot(stored, passphrase),
  };
};
