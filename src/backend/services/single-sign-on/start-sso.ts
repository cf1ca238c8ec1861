import type { SsoStartRequest } from '../../../contract/api/single-sign-on.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { OidcProvider } from '../../sso/oidc-provider.ts';
import { SsoError } from '../../sso/sso-error.ts';
import { sealState, SSO_SECONDS } from '../../sso/sso-state.ts';

/** Where the browser is to come back. */
export interface SsoPlace {
  readonly redirectUri: string;
  /** Path below which cookies of the dashboard count. */
  readonly path: string;
}

/** Where the browser goes, and the cookie that it brings back. */
export interface StartedSso {
  readonly location: string;
  readonly cookie: string;
}

/** @throws ApiError `not_found` without single sign-on */
export const providerOf = ({ provider }: Pick<ServiceContext, 'provider'>): OidcProvider => {
  if (provider === undefined) {
    throw new ApiError('not_found', 'This dashboard has no single sign-on.');
  }
  return provider;
};

const begin = async (
  context: ServiceContext,
  { redirectUri, path }: SsoPlace,
  { return_to: returnTo, purpose }: SsoStartRequest,
  links: string,
): Promise<StartedSso> => {
  const provider = providerOf(context);
  const checks = provider.newChecks(purpose === 'confirm');
  const expires = context.now().getTime() + SSO_SECONDS * 1000;
  const state = { ...checks, redirectUri, returnTo, links, path, expires };
  try {
    const location = await provider.loginAddress(checks, redirectUri);
    return { location, cookie: sealState(context.tokenKey, state) };
  } catch (error) {
    if (!(error instanceof SsoError)) {
      throw error;
    }
    context.log.warn({ code: 'ssoUnreachable', err: error.cause }, `${provider.host} does not respond`);
    throw new ApiError('unavailable', `${provider.host} does not respond. Try again later.`, {
      cause: error,
    });
  }
};

/** Begins a log-in at the provider. @throws ApiError `not_found`, `unavailable` */
export const startSso = (
  context: ServiceContext,
  place: SsoPlace,
  input: SsoStartRequest,
): Promise<StartedSso> => begin(context, place, input, '');

/**
 * Begins to connect the requester's account with somebody at the provider.
 *
 * @throws ApiError `confirmation_required`, `not_found`, `unavailable`
 */
export const startLink = (
  context: ServiceContext,
  requester: Requester,
  place: SsoPlace,
): Promise<StartedSso> => {
  const principal = authorizeUser(requester.principal, 'sso.link');
  requirePresence(principal, context.now(), PRESENCE_MS);
  return begin(context, place, { return_to: '/me', purpose: 'login' }, principal.session);
};
