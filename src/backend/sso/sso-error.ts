import type { SsoOutcome } from '../../contract/sso-outcomes.ts';

/** Why a log-in at the provider came to nothing, as the page says it. */
export class SsoError extends Error {
  override readonly name = 'SsoError';
  readonly outcome: Exclude<SsoOutcome, 'ok' | 'linked'>;

  /** Of somebody who was denied: proves to the request to ask again that the log-in at the provider succeeded. */
  readonly challenge: string | undefined;

  constructor(outcome: SsoError['outcome'], options: ErrorOptions & { readonly challenge?: string } = {}) {
    super(`single sign-on ended with ${outcome}`, options);
    this.outcome = outcome;
    this.challenge = options.challenge;
  }
}
