import { newRecoveryCodes, recoveryHash } from '../../auth/recovery-codes.ts';
import type { Trx } from '../../store/database.ts';
import { countRecoveryCodes, hasFactor, replaceRecoveryCodes } from '../../store/second-factors.ts';

/** Generates recovery codes in place of earlier ones. */
export const renewCodes = async (trx: Trx, userId: number): Promise<readonly string[]> => {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(trx, userId, codes.map(recoveryHash));
  return codes;
};

/** Generates recovery codes for an account that has none; those of an earlier second factor stay. */
export const firstRecoveryCodes = async (trx: Trx, userId: number): Promise<readonly string[]> =>
  (await countRecoveryCodes(trx, userId)) > 0 ? [] : renewCodes(trx, userId);

/** Removes the recovery codes of an account whose last second factor is gone. */
export const dropUnneededCodes = async (trx: Trx, userId: number): Promise<void> => {
  if (!(await hasFactor(trx, userId))) {
    await replaceRecoveryCodes(trx, userId, []);
  }
};
