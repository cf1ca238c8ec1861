import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import { newRecoveryCodes, recoveryHash } from '../../auth/recovery-codes.ts';
import { sealStored } from '../../auth/stored-secret.ts';
import { newTotpSecret, totpUri } from '../../auth/totp.ts';
import { change, type AuditWriter, type ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import { readProject } from '../../store/project.ts';
import {
  confirmTotp,
  deleteFactorsOf,
  hasFactor,
  replaceRecoveryCodes,
  replaceTotp,
  totpOf,
} from '../../store/second-factors.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { checkCode, limitCodes, secretOwner } from './prove-factor.ts';

const DEFAULT_ISSUER = 'FLARE dashboard';

const present = (context: ServiceContext, requester: Requester): Principal => {
  const principal = authorizeUser(requester.principal, 'second_factor.change');
  requirePresence(principal, context.now(), PRESENCE_MS);
  return principal;
};

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
  const principal = present(context, requester);
  const secret = newTotpSecret();
  const project = await readProject(context.db.reader);
  await change(context, requester, async (trx, audit) => {
    if (await hasFactor(trx, principal.id)) {
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

const renewCodes = async (trx: Trx, userId: number): Promise<readonly string[]> => {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(trx, userId, codes.map(recoveryHash));
  return codes;
};

/**
 * Confirms the authenticator app by one of its codes; from then on log-ins ask for one.
 *
 * @returns the recovery codes
 * @throws ApiError `confirmation_required`, `not_found` before {@link beginTotp}, `invalid`, `too_many_requests`,
 *   `conflicting` where it is confirmed already
 */
export const confirmTotpEnrolment = async (
  context: ServiceContext,
  requester: Requester,
  code: string,
): Promise<readonly string[]> => {
  const principal = present(context, requester);
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
    return renewCodes(trx, principal.id);
  });
};

const changeOwn = <T>(
  context: ServiceContext,
  requester: Requester,
  work: (trx: Trx, audit: AuditWriter, principal: Principal) => Promise<T>,
): Promise<T> => {
  const principal = present(context, requester);
  return change(context, requester, async (trx, audit) => {
    if (!(await hasFactor(trx, principal.id))) {
      throw missing();
    }
    return work(trx, audit, principal);
  });
};

/** Replaces all recovery codes. @throws ApiError `confirmation_required`, `not_found` without a second factor */
export const renewRecoveryCodes = (
  context: ServiceContext,
  requester: Requester,
): Promise<readonly string[]> =>
  changeOwn(context, requester, async (trx, audit, principal) => {
    await audit('second_factor.renew_codes', `user:${principal.email}`);
    return renewCodes(trx, principal.id);
  });

/** Removes the own authenticator app. @throws ApiError `confirmation_required`, `not_found` without one */
export const removeTotp = (context: ServiceContext, requester: Requester): Promise<void> =>
  changeOwn(context, requester, async (trx, audit, principal) => {
    await deleteFactorsOf(trx, principal.id);
    await audit('second_factor.remove', `user:${principal.email}`, { factor: 'totp' });
  });
