import { ApiError, type FieldCode, type FieldProblem } from '../../../contract/errors.ts';
import type { Requester } from '../../auth/principal.ts';
import { recoveryHash } from '../../auth/recovery-codes.ts';
import { openStored } from '../../auth/stored-secret.ts';
import { checkTotp } from '../../auth/totp.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import type { TotpRow } from '../../store/schema.ts';
import { isRecoveryCode, spendRecoveryCode, spendTotpStep, totpOf } from '../../store/second-factors.ts';
import type { UserRow } from '../../store/users.ts';

/** A code that was right; it counts once {@link FactorProof.spend} has used it up. */
export interface FactorProof {
  readonly factor: 'totp' | 'recovery_code';
  /** @throws ApiError `invalid` where another request has used the code up meanwhile */
  readonly spend: (trx: Trx) => Promise<void>;
}

type CodeProblem = Extract<FieldCode, 'wrong_code' | 'code_used' | 'clock_differs'>;

const TOTP_CODE = /^\d{6}$/;

const MESSAGES: Readonly<Record<CodeProblem, string>> = {
  wrong_code: 'is wrong',
  code_used: 'has been used already; wait for the next one',
  clock_differs: 'is for another time: set the clock of the device that shows it',
};

const refusal = (problem: CodeProblem): ApiError => {
  const fields: readonly FieldProblem[] = [{ path: 'code', code: problem, message: MESSAGES[problem] }];
  return new ApiError('invalid', `code ${MESSAGES[problem]}`, { fields });
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
 * Limits guesses of codes, with a budget apart from that of passwords.
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
 * Checks the second factor of an account: a code of its authenticator app or a recovery code.
 *
 * @throws ApiError `invalid` (field `code`: `wrong_code`, `code_used`, `clock_differs`), `too_many_requests`, `conflicting`
 */
export const proveFactor = (
  context: ServiceContext,
  requester: Requester,
  user: UserRow,
  code: string,
): Promise<FactorProof> => limitCodes(context, requester, user.email, () => check(context, user, code));
