import { SSO_OUTCOMES, type SsoOutcome } from '../../../contract/sso-outcomes.ts';
import { signedInHint } from './signed-in-hint.ts';

let outcome: SsoOutcome | undefined;

/**
 * Returns how the log-in at the identity provider ended from which this page was opened; undefined for every other
 * visit.
 */
export const ssoOutcome = (): SsoOutcome | undefined => outcome;

/** Takes it out of the page's address, before anything is drawn. */
export const takeSsoOutcome = (): void => {
  const address = new URL(location.href);
  const text = address.searchParams.get('sso');
  outcome = SSO_OUTCOMES.find((known) => known === text);
  if (outcome === undefined) {
    return;
  }
  if (outcome === 'ok') {
    signedInHint.set();
  }
  address.searchParams.delete('sso');
  history.replaceState(history.state, '', address);
};
