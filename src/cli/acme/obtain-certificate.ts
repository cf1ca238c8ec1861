import { Client, crypto, type Authorization, type Order } from 'acme-client';
import { z } from 'zod';
import type { AcmeSettings } from './acme-settings.ts';
import { ACME_ERRORS } from './acme-errors.ts';
import { connectToCa } from './ca-connection.ts';
import { openChallengeListener, type ChallengeListener } from './challenge-listener.ts';
import type { ChallengeType } from './challenge-types.ts';
import { Problem, refusal } from './problem.ts';

/** Together about two minutes, which CAs need when they are busy. */
const POLL = { backoffAttempts: 35, backoffMin: 250, backoffMax: 4000 } as const;

/** Certificate issued by a CA, as PEM. */
export interface Obtained {
  /** The certificate and its chain. */
  readonly certificate: string;
  readonly key: string;
  readonly accountKey: string;
  readonly termsOfService: string | undefined;
}

const ChallengeError = z.object({ error: Problem });

/** Reads why a name was not confirmed from the CA itself: the library only passes on a text. */
const whyNotConfirmed = async (client: Client, order: Order, cause: unknown): Promise<unknown> => {
  for (const { identifier, challenges } of await client.getAuthorizations(order)) {
    for (const challenge of challenges) {
      const refused = ChallengeError.safeParse(challenge);
      if (refused.success) {
        return refusal(refused.data.error, identifier.value);
      }
    }
  }
  return cause;
};

const confirmName = async (
  client: Client,
  listener: ChallengeListener,
  authorization: Authorization,
  type: ChallengeType,
): Promise<void> => {
  const wanted: string = type;
  const challenge = authorization.challenges.find((offered) => offered.type === wanted);
  if (challenge === undefined) {
    const offered = authorization.challenges.map((each) => each.type).join(', ');
    throw ACME_ERRORS.refused({
      what: `The CA does not offer ${type} for ${authorization.identifier.value}, but ${offered}.`,
      advice: 'Choose another --challenge or another --directory.',
    });
  }
  const keyAuthorization = await client.getChallengeKeyAuthorization(challenge);
  await listener.offer(authorization, challenge.token, keyAuthorization);
  await client.completeChallenge(challenge);
  await client.waitForValidStatus(challenge);
};

/** Opens the account of the client's key, and creates it where the CA has none. */
const openAccount = async (client: Client, email: string | undefined, usedBefore: boolean): Promise<void> => {
  const agreement = { termsOfServiceAgreed: true };
  if (email !== undefined) {
    await client.createAccount({ ...agreement, contact: [`mailto:${email}`] });
    return;
  }
  if (usedBefore) {
    try {
      // With nothing to change: the library would send an update that CAs refuse.
      await client.createAccount({ onlyReturnExisting: true });
      return;
    } catch {
      // Another CA, or an account that is gone.
    }
  }
  await client.createAccount(agreement);
};

/**
 * Obtains a certificate for host names by ACME (RFC 8555).
 *
 * @param ca PEM of a private CA that vouches for the directory
 * @param accountKey PEM of the account used before; undefined: a new account
 * @param step told what is being done
 * @throws CliError `challenge_port_unavailable`, `directory_unreachable`, `acme_refused`
 */
export const obtainCertificate = async (
  { directory, email, domains, challenge, listen }: AcmeSettings,
  ca: string | undefined,
  accountKey: string | undefined,
  { signal, step }: { readonly signal: AbortSignal; readonly step: (text: string) => void },
): Promise<Obtained> => {
  const connection = connectToCa(directory, ca, signal);
  const listener = await openChallengeListener(challenge, listen);
  try {
    const account = accountKey ?? String(await crypto.createPrivateEcdsaKey());
    const client = new Client({ directoryUrl: directory, accountKey: account, ...POLL });
    const termsOfService = await client.getTermsOfServiceUrl();
    await openAccount(client, email, accountKey !== undefined);
    const order = await client.createOrder({
      identifiers: domains.map((value) => ({ type: 'dns', value })),
    });
    for (const authorization of await client.getAuthorizations(order)) {
      if (authorization.status === 'valid') {
        continue;
      }
      step(`Waiting for the CA to confirm ${authorization.identifier.value} …`);
      try {
        await confirmName(client, listener, authorization, challenge);
      } catch (error) {
        signal.throwIfAborted();
        throw await whyNotConfirmed(client, order, connection.explain(error));
      }
    }
    step('Waiting for the certificate …');
    const [key, request] = await crypto.createCsr(
      { altNames: [...domains] },
      await crypto.createPrivateEcdsaKey(),
    );
    const issued = await client.finalizeOrder(order, request);
    const certificate = await client.getCertificate(issued);
    return {
      certificate,
      key: String(key),
      accountKey: account,
      termsOfService: termsOfService === '' ? undefined : termsOfService,
    };
  } catch (error) {
    signal.throwIfAborted();
    throw connection.explain(error);
  } finally {
    await listener.close();
  }
};
