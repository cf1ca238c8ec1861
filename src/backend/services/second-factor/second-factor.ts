import type { PasskeyView } from '../../../contract/api/passkey.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { demandsFactor } from '../../auth/second-factor-rule.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { passkeysOf } from '../../store/passkeys.ts';
import { readProject } from '../../store/project.ts';
import { countRecoveryCodes, deleteFactorsOf, hasFactor, totpOf } from '../../store/second-factors.ts';
import { deleteSessionsOf } from '../../store/sessions.ts';
import { toHttpDate } from '../../store/timestamp.ts';
import { passkeyView } from '../passkeys/passkeys.ts';
import { userFor } from '../users/users.ts';

/** Which second factors the requester has, and whether the project demands one. */
export const describeFactors = async (
  context: ServiceContext,
  requester: Requester,
): Promise<{
  readonly required: boolean;
  readonly totp_since: string | null;
  readonly passkeys: PasskeyView[];
  readonly recovery_codes_left: number;
}> => {
  const principal = authorizeUser(requester.principal, 'second_factor.read');
  const { reader } = context.db;
  const [project, totp, passkeys, recovery_codes_left] = await Promise.all([
    readProject(reader),
    totpOf(reader, principal.id),
    passkeysOf(reader, principal.id),
    countRecoveryCodes(reader, principal.id),
  ]);
  const since = totp?.confirmed_at ?? '';
  return {
    required: demandsFactor(project.second_factor, principal.role),
    totp_since: since === '' ? null : toHttpDate(since),
    passkeys: passkeys.map(passkeyView),
    recovery_codes_left,
  };
};

/**
 * Removes the second factors of somebody who lost them, and ends that account's sessions.
 *
 * @throws ApiError `confirmation_required`, `not_found` without a second factor, and as userFor
 */
export const resetFactors = (context: ServiceContext, requester: Requester, id: number): Promise<void> =>
  change(context, requester, async (trx, audit) => {
    const { principal, user } = await userFor(trx, requester, 'users.reset_second_factor', id);
    requirePresence(principal, context.now(), PRESENCE_MS);
    if (!(await hasFactor(trx, id))) {
      throw new ApiError('not_found', 'This account has no second factor.');
    }
    await deleteFactorsOf(trx, id);
    await deleteSessionsOf(trx, id);
    await audit('second_factor.reset', `user:${user.email}`);
  });
