import type { SsoOutcome } from '../../contract/sso-outcomes.ts';

/** Why a log-in at the provider came to nothing, as the page says it. */
export class SsoError extends Error {
  override readonly name = 'SsoError';
  readonly outcome: Exclude<SsoOutcome, 'ok' | 'linked'>;

  constructor(outcome: SsoError['outcome'], options?: ErrorOptions) {
    super(`single sign-on ended with ${outcome}`, options);
    this.outcome = outcome;
  }
}
