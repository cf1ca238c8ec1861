import type { z } from 'zod';
import type {
  NewPasskeyCredential,
  PasskeyCreationOptions,
  PasskeyView,
} from '../../../contract/api/passkey.ts';
import { ApiError } from '../../../contract/errors.ts';
import { newId } from '../../auth/bearer-secret.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import {
  deletePasskey,
  insertPasskey,
  isKnownCredential,
  passkeysOf,
  renamePasskey,
} from '../../store/passkeys.ts';
import { readProject } from '../../store/project.ts';
import type { PasskeyRow } from '../../store/schema.ts';
import { toHttpDate, toTimestamp } from '../../store/timestamp.ts';
import { dropUnneededCodes, firstRecoveryCodes } from '../second-factor/recovery-codes.ts';
import { presentForFactors } from '../second-factor/present.ts';
import { boundToSession, CHALLENGE_MS, newChallenge, spendChallenge } from './passkey-challenge.ts';
import { transportsOf } from './prove-passkey.ts';
import { requireHostName, type RelyingParty } from './relying-party.ts';

/** Ed25519, ES256 and RS256 as COSE numbers them (RFC 9053, RFC 8812). */
const ALGORITHMS = [-8, -7, -257];
const MAX_PASSKEYS = 20;
const DEFAULT_NAME = 'FLARE dashboard';

export const passkeyView = (row: PasskeyRow): PasskeyView => ({
  id: row.id,
  name: row.name,
  host: row.rp_id,
  created_at: toHttpDate(row.created_at),
  last_used_at: row.used_at === '' ? null : toHttpDate(row.used_at),
});

/**
 * Returns what a browser needs to create a passkey, within 5 minutes and in this session.
 *
 * @throws ApiError `confirmation_required`, `conflicting` where browsers create none
 */
export const beginPasskey = async (
  context: ServiceContext,
  requester: Requester,
  party: RelyingParty,
): Promise<z.infer<typeof PasskeyCreationOptions>> => {
  const principal = presentForFactors(context, requester);
  requireHostName(party);
  const { reader } = context.db;
  const [project, passkeys] = await Promise.all([readProject(reader), passkeysOf(reader, principal.id)]);
  return {
    rp: { id: party.id, name: project.short_name || DEFAULT_NAME },
    user: {
      id: Buffer.from(`${context.auditKey.id}:${principal.id}`).toString('base64url'),
      name: principal.email,
      displayName: principal.email,
    },
    challenge: await newChallenge(context, boundToSession(principal.session)),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: CHALLENGE_MS,
    excludeCredentials: passkeys
      .filter(({ rp_id }) => rp_id === party.id)
      .map(({ credential_id, transports }) => ({
        id: credential_id,
        type: 'public-key',
        transports: transportsOf(transports),
      })),
    authenticatorSelection: {
      residentKey: 'preferred',
      requireResidentKey: false,
      userVerification: 'preferred',
    },
    attestation: 'none',
  };
};

const wrong = (): ApiError =>
  new ApiError('invalid', 'The passkey does not fit this log-in or took too long: try again.', {
    fields: [{ path: 'credential', code: 'wrong_passkey', message: 'does not fit' }],
  });

const verified = async (
  { id, rawId, type, response }: NewPasskeyCredential,
  challenge: string,
  party: RelyingParty,
): Promise<Pick<PasskeyRow, 'credential_id' | 'public_key' | 'counter'>> => {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { clientDataJSON, attestationObject } = response;
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId,
        type,
        response: { clientDataJSON, attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (registrationInfo === undefined) {
      throw wrong();
    }
    const { credential } = registrationInfo;
    const public_key = Buffer.from(credential.publicKey).toString('base64url');
    return { credential_id: credential.id, public_key, counter: credential.counter };
  } catch (error) {
    // The library throws for whatever it cannot read or does not expect.
    throw error instanceof ApiError ? error : wrong();
  }
};

const requireFreeName = async (trx: Trx, userId: number, name: string, except = ''): Promise<void> => {
  const own = await passkeysOf(trx, userId);
  if (own.some((row) => row.name === name && row.id !== except)) {
    throw new ApiError('conflicting', 'Another of your passkeys has this name.', {
      fields: [{ path: 'name', code: 'duplicate', message: 'names another of your passkeys' }],
    });
  }
  if (except === '' && own.length >= MAX_PASSKEYS) {
    throw new ApiError('conflicting', `There can be ${MAX_PASSKEYS} passkeys; remove one first.`, {
      fields: [{ path: 'name', code: 'too_many', message: 'would be one passkey too many; remove one' }],
    });
  }
};

/**
 * Stores a new passkey; from then on log-ins ask for it or for another second factor.
 *
 * @returns recovery codes where the account had none
 * @throws ApiError `confirmation_required`, `invalid` for another challenge, origin or host, `conflicting`
 */
export const addPasskey = async (
  context: ServiceContext,
  requester: Requester,
  { name, credential }: { readonly name: string; readonly credential: NewPasskeyCredential },
  party: RelyingParty,
): Promise<{ readonly passkey: PasskeyView; readonly codes: readonly string[] }> => {
  const principal = presentForFactors(context, requester);
  const challenge = await spendChallenge(context, boundToSession(principal.session));
  if (challenge === undefined) {
    throw wrong();
  }
  const row: PasskeyRow = {
    ...(await verified(credential, challenge, party)),
    id: newId(),
    user_id: principal.id,
    name,
    rp_id: party.id,
    transports: transportsOf((credential.response.transports ?? []).join(' ')).join(' '),
    created_at: toTimestamp(context.now()),
    used_at: '',
  };
  return change(context, requester, async (trx, audit) => {
    await requireFreeName(trx, principal.id, name);
    if (await isKnownCredential(trx, row.credential_id)) {
      throw new ApiError('conflicting', 'This passkey is registered already.');
    }
    await insertPasskey(trx, row);
    await audit('second_factor.enrol', `user:${principal.email}`, { factor: 'passkey', name });
    return { passkey: passkeyView(row), codes: await firstRecoveryCodes(trx, principal.id) };
  });
};

const ownPasskey = async (trx: Trx, principal: Principal, id: string): Promise<PasskeyRow> => {
  const found = (await passkeysOf(trx, principal.id)).find((row) => row.id === id);
  if (found === undefined) {
    throw new ApiError('not_found', 'This account has no such passkey.');
  }
  return found;
};

/** Renames an own passkey. @throws ApiError `confirmation_required`, `invalid`, `conflicting`, `not_found` */
export const namePasskey = async (
  context: ServiceContext,
  requester: Requester,
  id: string,
  name: string,
): Promise<PasskeyView> => {
  const principal = presentForFactors(context, requester);
  return change(context, requester, async (trx, audit) => {
    const row = await ownPasskey(trx, principal, id);
    await requireFreeName(trx, principal.id, name, id);
    await renamePasskey(trx, id, name);
    await audit('second_factor.rename', `user:${principal.email}`, { from: row.name, to: name });
    return passkeyView({ ...row, name });
  });
};

/** Removes an own passkey. @throws ApiError `confirmation_required`, `not_found` */
export const removePasskey = (context: ServiceContext, requester: Requester, id: string): Promise<void> => {
  const principal = presentForFactors(context, requester);
  return change(context, requester, async (trx, audit) => {
    const { name } = await ownPasskey(trx, principal, id);
    await deletePasskey(trx, id);
    await dropUnneededCodes(trx, principal.id);
    await audit('second_factor.remove', `user:${principal.email}`, { factor: 'passkey', name });
  });
};
