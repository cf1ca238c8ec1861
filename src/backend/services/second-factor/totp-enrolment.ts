import { ApiError } from '../../../contract/errors.ts';
import type { Requester } from '../../auth/principal.ts';
import { sealStored } from '../../auth/stored-secret.ts';
import { newTotpSecret, totpUri } from '../../auth/totp.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { readProject } from '../../store/project.ts';
import {
  confirmTotp,
  deleteTotp,
  hasFactor,
  hasTotp,
  replaceTotp,
  totpOf,
} from '../../store/second-factors.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { presentForFactors } from './present.ts';
import { checkCode, limitCodes, secretOwner } from './prove-factor.ts';
import { dropUnneededCodes, firstRecoveryCodes, renewCodes } from './recovery-codes.ts';

const DEFAULT_ISSUER = 'FLARE dashboard';

const missing = (): ApiError => new ApiError('not_found', 'This account has no authenticator app.');

/**
 * Generates the secret of an authenticator app; it counts once a code has confirmed it.
 *
 * @throws ApiError `confirmation_required`, `conflicting` where the account has an authenticator app
 */
export const beginTotp = async (
  context: ServiceContext,
  requester: Requester,
): Promise<{ readonly secret: string; readonly uri: string }> => {
  const principal = presentForFactors(context, requester);
  const secret = newTotpSecret();
  const project = await readProject(context.db.reader);
  await change(context, requester, async (trx, audit) => {
    if (await hasTotp(trx, principal.id)) {
      throw new ApiError('conflicting', 'This account has an authenticator app already; remove it first.');
    }
    await replaceTotp(trx, {
      user_id: principal.id,
      sealed_secret: sealStored(context.tokenKey, secretOwner(principal.id), secret),
      confirmed_at: '',
      last_step: 0,
    });
    await audit('second_factor.begin', `user:${principal.email}`);
  });
  const issuer = (project.short_name || DEFAULT_ISSUER).replaceAll(':', ' ');
  return { secret, uri: totpUri(secret, issuer, principal.email) };
};

/**
 * Confirms the authenticator app by one of its codes; from then on log-ins ask for one.
 *
 * @returns recovery codes where the account had none
 * @throws ApiError `confirmation_required`, `not_found` before {@link beginTotp}, `invalid`, `too_many_requests`,
 *   `conflicting` where it is confirmed already
 */
export const confirmTotpEnrolment = async (
  context: ServiceContext,
  requester: Requester,
  code: string,
): Promise<readonly string[]> => {
  const principal = presentForFactors(context, requester);
  const totp = await totpOf(context.db.reader, principal.id);
  if (totp === undefined) {
    throw missing();
  }
  if (totp.confirmed_at !== '') {
    throw new ApiError('conflicting', 'The authenticator app is confirmed already.');
  }
  const { step } = await limitCodes(context, requester, principal.email, () =>
    Promise.resolve(checkCode(context, totp, code)),
  );
  return change(context, requester, async (trx, audit) => {
    const times = { confirmed_at: toTimestamp(context.now()), last_step: step };
    if (!(await confirmTotp(trx, totp, times))) {
      throw new ApiError('conflicting', 'Another secret has been generated meanwhile; use that one.');
    }
    await audit('second_factor.enrol', `user:${principal.email}`, { factor: 'totp' });
    return firstRecoveryCodes(trx, principal.id);
  });
};

/** Replaces all recovery codes. @throws ApiError `confirmation_required`, `not_found` without a second factor */
export const renewRecoveryCodes = (
  context: ServiceContext,
  requester: Requester,
): Promise<readonly string[]> => {
  const principal = presentForFactors(context, requester);
  return change(context, requester, async (trx, audit) => {
    if (!(await hasFactor(trx, principal.id))) {
      throw new ApiError('not_found', 'This account has no second factor.');
    }
    await audit('second_factor.renew_codes', `user:${principal.email}`);
    return renewCodes(trx, principal.id);
  });
};

/** Removes the own authenticator app. @throws ApiError `confirmation_required`, `not_found` without one */
export const removeTotp = (context: ServiceContext, requester: Requester): Promise<void> => {
  const principal = presentForFactors(context, requester);
  return change(context, requester, async (trx, audit) => {
    if (!(await hasTotp(trx, principal.id))) {
      throw missing();
    }
    await deleteTotp(trx, principal.id);
    await dropUnneededCodes(trx, principal.id);
    await audit('second_factor.remove', `user:${principal.email}`, { factor: 'totp' });
  });
};
