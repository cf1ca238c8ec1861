import type { FactorProofRequest } from '../../../contract/api/second-factor.ts';
import { ApiError, type FieldCode, type FieldProblem } from '../../../contract/errors.ts';
import type { Requester } from '../../auth/principal.ts';
import { recoveryHash } from '../../auth/recovery-codes.ts';
import { openStored } from '../../auth/stored-secret.ts';
import { checkTotp } from '../../auth/totp.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { TotpRow } from '../../store/schema.ts';
import { isRecoveryCode, spendRecoveryCode, spendTotpStep, totpOf } from '../../store/second-factors.ts';
import type { UserRow } from '../../store/users.ts';
import type { FactorProof } from './factor-proof.ts';
import { provePasskey, type PasskeyPlace } from '../passkeys/prove-passkey.ts';

type CodeProblem = Extract<
  FieldCode,
  'wrong_code' | 'code_used' | 'clock_differs' | 'wrong_passkey' | 'passkey_copied'
>;

const TOTP_CODE = /^\d{6}$/;

const MESSAGES: Readonly<Record<CodeProblem, string>> = {
  wrong_code: 'is wrong',
  code_used: 'has been used already; wait for the next one',
  clock_differs: 'is for another time: set the clock of the device that shows it',
  wrong_passkey: 'does not fit this account, address or attempt: try again',
  passkey_copied: 'sent an old counter, as a copy of it would: use another second factor and remove it',
};

const refusal = (problem: CodeProblem): ApiError => {
  const path = problem === 'wrong_passkey' || problem === 'passkey_copied' ? 'passkey' : 'code';
  const fields: readonly FieldProblem[] = [{ path, code: problem, message: MESSAGES[problem] }];
  return new ApiError('invalid', `${path} ${MESSAGES[problem]}`, { fields });
};

/** Binds a stored secret to its account. */
export const secretOwner = (userId: number): string => `totp:${userId}`;

const spentOnce = async (spent: Promise<boolean>): Promise<void> => {
  if (!(await spent)) {
    throw refusal('code_used');
  }
};

/**
 * Checks a code of an authenticator app against its stored secret.
 *
 * @throws ApiError `conflicting` when the secret cannot be decrypted
 */
export const checkCode = (
  { tokenKey, now }: Pick<ServiceContext, 'tokenKey' | 'now'>,
  totp: TotpRow,
  code: string,
): { readonly step: number } | CodeProblem => {
  const secret = openStored(tokenKey, secretOwner(totp.user_id), totp.sealed_secret);
  if (secret === undefined) {
    throw new ApiError(
      'conflicting',
      'The key of this dashboard has changed, so that codes cannot be checked: use a recovery code, or ask a project admin to reset the second factor.',
    );
  }
  const verdict = checkTotp(secret, code.replaceAll(' ', ''), now());
  return typeof verdict === 'object' && verdict.step <= totp.last_step ? 'code_used' : verdict;
};

const check = async (
  context: ServiceContext,
  user: UserRow,
  code: string,
): Promise<FactorProof | CodeProblem> => {
  const { reader } = context.db;
  if (!TOTP_CODE.test(code.replaceAll(' ', ''))) {
    const hash = recoveryHash(code);
    return (await isRecoveryCode(reader, user.id, hash))
      ? { factor: 'recovery_code', spend: (trx) => spentOnce(spendRecoveryCode(trx, user.id, hash)) }
      : 'wrong_code';
  }
  const totp = await totpOf(reader, user.id);
  if (totp === undefined || totp.confirmed_at === '') {
    return 'wrong_code';
  }
  const found = checkCode(context, totp, code);
  return typeof found === 'string'
    ? found
    : { factor: 'totp', spend: (trx) => spentOnce(spendTotpStep(trx, user.id, found.step)) };
};

/**
 * Limits guesses of codes and passkeys, with a budget apart from that of passwords.
 *
 * @param checkOne gives what was wrong as a text
 * @throws ApiError `invalid` with what was wrong, `too_many_requests`
 */
export const limitCodes = async <T extends object>(
  context: ServiceContext,
  requester: Requester,
  account: string,
  checkOne: () => Promise<T | CodeProblem>,
): Promise<T> => {
  const { address } = requester;
  const guess = { kind: 'second_factor', account, address, browser: requester.browser(account) } as const;
  const problems: CodeProblem[] = [];
  const right = await context.throttle.limit(guess, async () => {
    const found = await checkOne();
    if (typeof found === 'string') {
      problems.push(found);
      return undefined;
    }
    return found;
  });
  if (right === undefined) {
    throw refusal(problems[0] ?? 'wrong_code');
  }
  return right;
};

/**
 * Checks the second factor of an account: a code of its authenticator app, a recovery code, or the signature of a passkey.
 *
 * @param place where a passkey is used
 * @throws ApiError `invalid` (field `code`: `missing`, `wrong_code`, `code_used`, `clock_differs`; field `passkey`:
 *   `wrong_passkey`, `passkey_copied`), `too_many_requests`, `conflicting`
 */
export const proveFactor = (
  context: ServiceContext,
  requester: Requester,
  user: UserRow,
  { code, passkey }: FactorProofRequest,
  place: PasskeyPlace,
): Promise<FactorProof> => {
  if (passkey !== undefined) {
    return limitCodes(context, requester, user.email, () =>
      provePasskey(context, requester, user, passkey, place),
    );
  }
  if (code === undefined) {
    const message = 'is missing: this account has a second factor';
    const fields: readonly FieldProblem[] = [{ path: 'code', code: 'missing', message }];
    throw new ApiError('invalid', `code ${message}`, { fields });
  }
  return limitCodes(context, requester, user.email, () => check(context, user, code));
};
