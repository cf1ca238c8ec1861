import type { z } from 'zod';
import {
  PasskeyTransport,
  type PasskeyRequestOptions,
  type PasskeySignature,
} from '../../../contract/api/passkey.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { passkeysOf, usePasskey } from '../../store/passkeys.ts';
import type { PasskeyRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import type { UserRow } from '../../store/users.ts';
import type { FactorProof } from '../second-factor/factor-proof.ts';
import { CHALLENGE_MS, newChallenge, spendChallenge } from './passkey-challenge.ts';
import { requireHostName, type RelyingParty } from './relying-party.ts';

/** Where a passkey is used, and for which session or log-in. */
export interface PasskeyPlace {
  readonly party: RelyingParty;
  readonly boundTo: string;
}

/** Transports as stored, without those that a newer browser may name. */
export const transportsOf = (stored: string): z.infer<typeof PasskeyTransport>[] =>
  stored.split(' ').flatMap((name) => PasskeyTransport.safeParse(name).data ?? []);

/** The passkeys of an account that work at this address. */
export const usablePasskeys = async (
  { db }: Pick<ServiceContext, 'db'>,
  userId: number,
  { id }: RelyingParty,
): Promise<readonly PasskeyRow[]> =>
  (await passkeysOf(db.reader, userId)).filter(({ rp_id }) => rp_id === id);

/**
 * Returns what a browser needs to let one of the account's passkeys sign.
 *
 * @throws ApiError `not_found` without a passkey that works at this address, `conflicting` where browsers allow none
 */
export const askForPasskey = async (
  context: ServiceContext,
  userId: number,
  { party, boundTo }: PasskeyPlace,
): Promise<z.infer<typeof PasskeyRequestOptions>> => {
  requireHostName(party);
  const passkeys = await usablePasskeys(context, userId, party);
  if (passkeys.length === 0) {
    throw new ApiError('not_found', 'This account has no passkey that works at this address.');
  }
  return {
    challenge: await newChallenge(context, boundTo),
    rpId: party.id,
    timeout: CHALLENGE_MS,
    allowCredentials: passkeys.map(({ credential_id, transports }) => ({
      id: credential_id,
      type: 'public-key',
      transports: transportsOf(transports),
    })),
    userVerification: 'preferred',
  };
};

/** @returns the counter of the authenticator; undefined where the signature is wrong */
const verifiedCounter = async (
  passkey: PasskeyRow,
  { id, rawId, type, response }: PasskeySignature,
  expected: { readonly challenge: string; readonly party: RelyingParty },
): Promise<number | undefined> => {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { id, rawId, type, response, clientExtensionResults: {} },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.party.origin,
      expectedRPID: passkey.rp_id,
      requireUserVerification: false,
      // The stored counter is compared below, once the signature is known to be right.
      credential: {
        id: passkey.credential_id,
        publicKey: Uint8Array.from(Buffer.from(passkey.public_key, 'base64url')),
        counter: 0,
      },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    // The library throws for whatever it cannot read or does not expect.
    return undefined;
  }
};

const noteCopy = async (
  context: ServiceContext,
  requester: Requester,
  user: UserRow,
  { name }: PasskeyRow,
): Promise<void> => {
  context.log.warn(
    { user: user.email, passkey: name },
    'a passkey sent an old counter: it may have been copied',
  );
  const detail = { code: 'passkey_copied', passkey: name };
  await context.attempts.note(requester, { action: 'session.refuse', target: `user:${user.email}`, detail });
};

/**
 * Checks the signature of a passkey. Its challenge is used up in any case.
 *
 * @returns what was wrong, as a text; a passkey whose counter does not rise may have been copied
 */
export const provePasskey = async (
  context: ServiceContext,
  requester: Requester,
  user: UserRow,
  signature: PasskeySignature,
  { party, boundTo }: PasskeyPlace,
): Promise<FactorProof | 'wrong_passkey' | 'passkey_copied'> => {
  const challenge = await spendChallenge(context, boundTo);
  const usable = await usablePasskeys(context, user.id, party);
  const passkey = usable.find(({ credential_id }) => credential_id === signature.id);
  if (challenge === undefined || passkey === undefined) {
    return 'wrong_passkey';
  }
  const counter = await verifiedCounter(passkey, signature, { challenge, party });
  if (counter === undefined) {
    return 'wrong_passkey';
  }
  if (counter <= passkey.counter && (counter > 0 || passkey.counter > 0)) {
    await noteCopy(context, requester, user, passkey);
    return 'passkey_copied';
  }
  const use = { id: passkey.id, counter, used_at: toTimestamp(context.now()) };
  return {
    factor: 'passkey',
    spend: async (trx) => {
      if (!(await usePasskey(trx, use))) {
        throw new ApiError('conflicting', 'This passkey was used or removed at the same time; try again.');
      }
    },
  };
};
