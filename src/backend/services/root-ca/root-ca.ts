import { X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import type { RootCaResponse } from '../../../contract/api/root-ca.ts';
import { ApiError } from '../../../contract/errors.ts';
import { PkiError } from '../../../pki/pki-error.ts';
import { authorize, authorizeUser, isAllowed } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Guess } from '../../auth/login-throttle.ts';
import type { Requester } from '../../auth/principal.ts';
import { replaceRootKey } from '../../store/project.ts';
import { toHttpDate } from '../../store/timestamp.ts';
import { describeCrl } from '../certificates/crl.ts';
import { followStoredRoot } from './follow-stored-root.ts';

/**
 * Returns what everybody in the project may know of its root CA.
 *
 * @throws ApiError `unauthorized`, `project_not_frozen` before there is one
 */
export const describeRootCa = async (
  context: ServiceContext,
  requester: Requester,
): Promise<Omit<z.infer<typeof RootCaResponse>, 'status'>> => {
  authorize(requester.principal, 'root_ca.read');
  const { root_chain: chain } = await followStoredRoot(context);
  const stored = context.rootCa.stored();
  if (stored === undefined) {
    throw new ApiError('project_not_frozen', 'The project is not frozen yet, so it has no root CA.');
  }
  const certificate = new X509Certificate(stored.certificatePem);
  const crl = await describeCrl(context);
  return {
    certificate: stored.certificatePem,
    fingerprint_sha256: certificate.fingerprint256,
    subject: certificate.subject,
    issuer: certificate.issuer,
    ...(chain === '' ? {} : { chain }),
    not_before: new Date(certificate.validFrom).toUTCString(),
    not_after: new Date(certificate.validTo).toUTCString(),
    sealed: context.rootCa.sealed(),
    ...(isAllowed(requester.principal, 'root_ca.passphrase')
      ? {
          key_encrypted: !context.rootCa.keyInClear(),
          key_location: context.rootCa.keyLocation(),
        }
      : {}),
    ...(crl === undefined
      ? {}
      : {
          crl: {
            number: crl.number,
            this_update: toHttpDate(crl.this_update),
            next_update: toHttpDate(crl.next_update),
            complete: crl.complete,
          },
        }),
  };
};

const wrongPassphrase = (field: string, cause: PkiError): ApiError =>
  new ApiError('invalid', 'The passphrase does not open the root key.', {
    cause,
    fields: [{ path: field, message: 'does not open the root key' }],
  });

/**
 * Tries a passphrase within the limits of the account that tries it.
 *
 * @throws ApiError `invalid` for a wrong one, `conflicting` for one where none is needed
 */
const tryPassphrase = async <T>(
  context: ServiceContext,
  requester: Requester,
  guess: Omit<Guess, 'browser'>,
  field: string,
  attempt: () => Promise<T>,
): Promise<T> => {
  let refusal: ApiError | undefined;
  const result = await context.throttle.limit(guess, async () => {
    try {
      return { opened: await attempt() };
    } catch (error) {
      if (!(error instanceof PkiError)) {
        throw error;
      }
      if (error.code === 'passphrase_unneeded') {
        const message = 'The root key has no passphrase yet; leave the current one out.';
        throw new ApiError('conflicting', message, {
          cause: error,
          fields: [{ path: field, code: 'no_passphrase', message: 'is not set yet' }],
        });
      }
      if (error.code !== 'passphrase_wrong' && error.code !== 'passphrase_missing') {
        throw error;
      }
      refusal = wrongPassphrase(field, error);
      return undefined;
    }
  });
  if (result === undefined) {
    await context.attempts.note(requester, { action: 'authority.refuse', target: 'authority' });
    throw refusal ?? new Error('a refused passphrase has a reason');
  }
  return result.opened;
};

/**
 * Opens the sealed root key for as long as the backend runs.
 *
 * @throws ApiError `unauthorized`, `invalid` for a wrong passphrase, `too_many_requests` after five of them,
 *   `conflicting` when it is not sealed, `project_not_frozen`
 */
export const unsealRootCa = async (
  context: ServiceContext,
  requester: Requester,
  passphrase: string,
): Promise<void> => {
  const { email } = authorizeUser(requester.principal, 'root_ca.unseal');
  await followStoredRoot(context);
  const guess = { kind: 'unseal', account: email, address: requester.address } as const;
  const key = await tryPassphrase(context, requester, guess, 'passphrase', () =>
    context.rootCa.unseal(passphrase),
  );
  await change(context, requester, (_trx, audit) => audit('authority.unseal', 'authority'));
  context.rootCa.adoptUnsealed(key);
};

/**
 * Stores the root key under another passphrase; from the next start on only that one opens it.
 *
 * @param current the passphrase now; undefined while the key has none
 * @throws ApiError `unauthorized`, `invalid` for a wrong one, `too_many_requests`, `project_not_frozen`, `conflicting`
 */
export const changePassphrase = async (
  context: ServiceContext,
  requester: Requester,
  current: string | undefined,
  next: string,
): Promise<void> => {
  const principal = authorizeUser(requester.principal, 'root_ca.passphrase');
  requirePresence(principal, context.now(), PRESENCE_MS);
  const { email } = principal;
  await followStoredRoot(context);
  const guess = { kind: 'passphrase', account: email, address: requester.address } as const;
  const { before, after } = await tryPassphrase(context, requester, guess, 'current', () =>
    context.rootCa.rewrap(current, next),
  );
  await change(context, requester, async (trx, audit) => {
    if (!(await replaceRootKey(trx, before.key, after.key))) {
      throw new ApiError('conflicting', 'Somebody else changed the passphrase meanwhile.');
    }
    await audit('authority.passphrase', 'authority');
  });
  context.rootCa.adoptRewrapped(after);
};
