import * as oidc from 'openid-client';
import { ENVIRONMENT, SECRET_FILES } from '../../contract/environment.ts';
import type { ServiceFinding } from '../../contract/service-finding.ts';
import type { OidcSettings } from '../context/config.ts';
import { fetchWithCa } from './fetch-with-ca.ts';
import { CLOCK_SECONDS, TIMEOUT_SECONDS } from './oidc-limits.ts';
import { providerError } from './provider-error.ts';
import { SSO_CALLBACK } from './sso-callback.ts';

const SECRET_FILE = SECRET_FILES.oidcClientSecret[0];
/** Errors of the token endpoint (RFC 6749, 5.2) that name the client rather than the code. */
const REFUSED_CLIENT: ReadonlySet<string> = new Set(['invalid_client', 'unauthorized_client']);
const UNAUTHORIZED = 401;

const plainFetch: oidc.CustomFetch = (url, { body, ...options }) =>
  fetch(url, { ...options, body: body ?? null });

/** What is looked at, and what the provider has said so far. */
interface Visit {
  readonly settings: OidcSettings;
  /** Address of the dashboard for browsers, without a slash at its end; undefined: unknown. */
  readonly publicUrl: string | undefined;
  readonly now: () => Date;
  /** Fetches as log-ins do. */
  readonly send: oidc.CustomFetch;
}

const checkIssuer = (settings: OidcSettings, error: unknown): ServiceFinding => {
  const { kind, detail } = providerError(error);
  const { host } = new URL(settings.issuer);
  const check = 'identity provider';
  switch (kind) {
    case 'certificate':
      return {
        check,
        level: 'fail',
        text: `the certificate of ${host} is not trusted: ${detail}.`,
        fix: `Name the PEM file of its CA in ${ENVIRONMENT.oidcCaFile}, and the host as the certificate does.`,
      };
    case 'other issuer':
      return {
        check,
        level: 'fail',
        text: `${settings.issuer} calls itself otherwise: ${detail}.`,
        fix: `Set ${ENVIRONMENT.oidcIssuer} to the "issuer" of its discovery document, letter by letter.`,
      };
    case 'unreachable':
      return {
        check,
        level: 'fail',
        text: `${host} cannot be reached: ${detail}.`,
        fix: `Check ${ENVIRONMENT.oidcIssuer}, name resolution and firewalls; log-ins with a password still work.`,
      };
    case 'refused':
      return {
        check,
        level: 'fail',
        text: `${settings.issuer} has no discovery document that can be used: ${detail}.`,
        fix: `${ENVIRONMENT.oidcIssuer} is what precedes /.well-known/openid-configuration (Keycloak: https://HOST/realms/REALM).`,
      };
  }
};

/** Redeems a code that does not exist: the provider checks the client first. */
const checkClient = async (
  { clientId, clientSecret }: OidcSettings,
  configuration: oidc.Configuration,
  redirectUri: string,
): Promise<ServiceFinding> => {
  const how = clientSecret === undefined ? 'without a secret' : 'with its secret';
  const unclear = (detail: string): ServiceFinding => ({
    check: 'sso client',
    level: 'warn',
    text: `whether ${clientId} ${how} is accepted cannot be told: ${detail}.`,
    fix: 'Log in once by single sign-on.',
  });
  try {
    await oidc.genericGrantRequest(configuration, 'authorization_code', {
      code: 'doctor',
      redirect_uri: redirectUri,
      code_verifier: oidc.randomPKCECodeVerifier(),
    });
    return unclear('the provider took a code that does not exist');
  } catch (error) {
    const { code, status, detail } = providerError(error);
    if (code === 'invalid_grant') {
      return { check: 'sso client', level: 'ok', text: `${clientId} ${how} is accepted` };
    }
    return REFUSED_CLIENT.has(code) || status === UNAUTHORIZED
      ? {
          check: 'sso client',
          level: 'fail',
          text: `the provider refuses ${clientId} ${how}: ${detail}.`,
          fix: `Correct ${ENVIRONMENT.oidcClientId} or the secret in the file of ${SECRET_FILE}; the client needs the code flow.`,
        }
      : unclear(detail);
  }
};

/** Asks for a log-in without any page, which the provider refuses at the dashboard's own address if it knows that. */
const checkRedirect = async (
  configuration: oidc.Configuration,
  redirectUri: string,
  send: oidc.CustomFetch,
): Promise<ServiceFinding | undefined> => {
  const address = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid',
    prompt: 'none',
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    code_challenge: await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
  });
  const response = await send(address.href, {
    method: 'GET',
    headers: {},
    body: null,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000),
  }).catch(() => undefined);
  if (response === undefined) {
    return undefined;
  }
  if (response.headers.get('location')?.startsWith(redirectUri) === true) {
    return { check: 'sso redirect', level: 'ok', text: `${redirectUri} is registered` };
  }
  return response.status >= 400
    ? {
        check: 'sso redirect',
        level: 'fail',
        text: `the provider does not send browsers back to ${redirectUri} (status ${response.status}).`,
        fix: 'Register this redirect URI at the provider, for exactly this client.',
      }
    : undefined;
};

const checkClock = (date: string | undefined, now: Date): ServiceFinding | undefined => {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) {
    return undefined;
  }
  const seconds = Math.round((now.getTime() - at) / 1000);
  const difference = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the provider's`;
  return Math.abs(seconds) > CLOCK_SECONDS
    ? {
        check: 'sso clock',
        level: 'fail',
        text: `this clock is ${difference}: log-ins fail.`,
        fix: `Set both clocks by NTP; they may differ by ${CLOCK_SECONDS} s.`,
      }
    : { check: 'sso clock', level: 'ok', text: `this clock is ${difference}` };
};

const look = async ({ settings, publicUrl, now, send }: Visit): Promise<readonly ServiceFinding[]> => {
  const { issuer, clientId, clientSecret } = settings;
  let date: string | undefined;
  const noting: oidc.CustomFetch = async (url, options) => {
    const response = await send(url, options);
    date ??= response.headers.get('date') ?? undefined;
    return response;
  };
  const authentication = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
  let configuration: oidc.Configuration;
  try {
    configuration = await oidc.discovery(new URL(issuer), clientId, {}, authentication, {
      timeout: TIMEOUT_SECONDS,
      [oidc.customFetch]: noting,
    });
  } catch (error) {
    return [checkIssuer(settings, error)];
  }
  const clock = checkClock(date, now());
  // Without the public address the provider still checks the client before the address.
  const redirectUri = `${publicUrl ?? 'https://dashboard.invalid'}${SSO_CALLBACK}`;
  const client = await checkClient(settings, configuration, redirectUri);
  const redirect =
    publicUrl === undefined ? undefined : await checkRedirect(configuration, redirectUri, send);
  const reached: ServiceFinding = {
    check: 'identity provider',
    level: 'ok',
    text: `${new URL(issuer).host} responds, and its certificate is trusted`,
  };
  return [reached, client, redirect, clock].filter((finding) => finding !== undefined);
};

/** Asks the OpenID provider for its addresses, and whether it accepts client and redirect URI; nobody logs in. */
export const checkProvider = (
  settings: OidcSettings,
  publicUrl: string | undefined,
  now: () => Date,
): Promise<readonly ServiceFinding[]> =>
  look({
    settings,
    publicUrl: publicUrl?.replace(/\/+$/, ''),
    now,
    send: settings.ca === undefined ? plainFetch : fetchWithCa(settings.ca),
  });
