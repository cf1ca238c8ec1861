import * as oidc from 'openid-client';
import { z } from 'zod';
import type { OidcSettings } from '../context/config.ts';
import { fetchWithCa } from './fetch-with-ca.ts';
import { CLOCK_SECONDS, TIMEOUT_SECONDS } from './oidc-limits.ts';
import { SsoError } from './sso-error.ts';

/** Seconds that a confirmation at the provider may be old. */
const CONFIRMED_SECONDS = 300;

/** Secrets of one log-in, which only the browser that began it brings back. */
export interface SsoChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The provider was to ask for the password again. */
  readonly confirms: boolean;
}

/** Describes what the provider says of somebody. */
export interface SsoPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly idToken: string;
  /** When the person last proved who they are; undefined where the provider does not say. */
  readonly authenticated: Date | undefined;
}

const Coded = z.object({ code: z.string() });
const AuthTime = z.number().optional();

const outcomeOf = (error: unknown): SsoError['outcome'] => {
  if (error instanceof oidc.AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'denied' : 'failed';
  }
  const code = Coded.safeParse(error).data?.code ?? '';
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') {
    return 'clock';
  }
  const noResponse = error instanceof TypeError || code === 'OAUTH_TIMEOUT' || /^E[A-Z]+$/.test(code);
  return noResponse ? 'unreachable' : 'failed';
};

/** An OpenID provider: asked for its addresses when somebody first wants to log in, never at the start. */
export class OidcProvider {
  readonly #settings: OidcSettings;
  readonly #now: () => Date;
  #configuration: Promise<oidc.Configuration> | undefined;

  constructor(settings: OidcSettings, now: () => Date) {
    this.#settings = settings;
    this.#now = now;
  }

  /** Host of the issuer, for people. */
  get host(): string {
    return new URL(this.#settings.issuer).host;
  }

  get settings(): OidcSettings {
    return this.#settings;
  }

  newChecks(confirms: boolean): SsoChecks {
    const verifier = oidc.randomPKCECodeVerifier();
    return { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, confirms };
  }

  /** Returns where the browser goes to log in. @throws SsoError `unreachable`, `failed` */
  async loginAddress(checks: SsoChecks, redirectUri: string): Promise<string> {
    const configuration = await this.#discover();
    const acrValues = this.#settings.secondFactor
      .flatMap(([claim, value]) => (claim === 'acr' ? [value] : []))
      .join(' ');
    return oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
      ...(acrValues === '' ? {} : { acr_values: acrValues }),
      ...(checks.confirms ? { prompt: 'login', max_age: String(CONFIRMED_SECONDS) } : {}),
    }).href;
  }

  /**
   * Exchanges what the browser brought back for the claims.
   *
   * @param address the redirect URI with the query that arrived
   * @throws SsoError `denied`, `clock`, `unreachable`, `failed`
   */
  async exchange(checks: SsoChecks, address: URL): Promise<SsoPerson> {
    const configuration = await this.#discover();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, address, {
        pkceCodeVerifier: checks.verifier,
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        idTokenExpected: true,
        ...(checks.confirms ? { maxAge: CONFIRMED_SECONDS } : {}),
      });
      const claims = tokens.claims();
      if (claims === undefined) {
        throw new SsoError('failed');
      }
      if (Math.abs(claims.iat - this.#now().getTime() / 1000) > CLOCK_SECONDS) {
        throw new SsoError('clock');
      }
      const more =
        claims['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : {};
      const authTime = AuthTime.safeParse(claims['auth_time']).data;
      return {
        issuer: claims.iss,
        subject: claims.sub,
        claims: { ...more, ...claims },
        idToken: tokens.id_token ?? '',
        authenticated: authTime === undefined ? undefined : new Date(authTime * 1000),
      };
    } catch (error) {
      throw error instanceof SsoError ? error : new SsoError(outcomeOf(error), { cause: error });
    }
  }

  /** Returns where the browser goes to log out at the provider; undefined where that is not possible now. */
  async logoutAddress(idToken: string, returnTo: string): Promise<string | undefined> {
    const configuration = await this.#discover().catch(() => undefined);
    if (configuration?.serverMetadata().end_session_endpoint === undefined) {
      return undefined;
    }
    return oidc.buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: returnTo,
    }).href;
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret, ca } = this.#settings;
    const authentication = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
    this.#configuration ??= oidc
      .discovery(new URL(issuer), clientId, { [oidc.clockTolerance]: CLOCK_SECONDS }, authentication, {
        timeout: TIMEOUT_SECONDS,
        ...(ca === undefined ? {} : { [oidc.customFetch]: fetchWithCa(ca) }),
      })
      .catch((error: unknown) => {
        this.#configuration = undefined;
        throw new SsoError('unreachable', { cause: error });
      });
    return this.#configuration;
  }
}
