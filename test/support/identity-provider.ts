import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Provider from 'oidc-provider';
import { makeWebPair } from './web-pair.ts';

export const CLIENT = { id: 'dashboard', secret: 'only-for-this-test-0123456789' } as const;

/** Describes what the provider says of somebody; the subject is what is typed as the log-in. */
export type People = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Certificate and key of the provider, and the file of the certificate. */
export interface ProviderPair {
  readonly cert: string;
  readonly key: string;
  readonly file: string;
  readonly remove: () => void;
}

export const makeProviderPair = (): ProviderPair => {
  const folder = mkdtempSync(join(tmpdir(), 'identity-'));
  const cert = makeWebPair(folder, 'localhost', 30);
  return {
    cert,
    key: readFileSync(join(folder, 'cert', 'web.key'), 'utf8'),
    file: join(folder, 'cert', 'web.crt'),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
};

/** A real OpenID provider with its own log-in and consent pages, which take every password. */
export const startIdentityProvider = async (options: {
  readonly port: number;
  readonly pair: ProviderPair;
  /** Where dashboards are, without a slash at the end. */
  readonly dashboards: readonly string[];
  readonly people: People;
}): Promise<{ readonly issuer: string; readonly stop: () => Promise<void> }> => {
  const issuer = `https://127.0.0.1:${options.port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: options.dashboards.map((origin) => `${origin}/api/v1/login/sso/callback`),
        post_logout_redirect_uris: options.dashboards.map((origin) => `${origin}/`),
      },
    ],
    claims: {
      openid: ['sub', 'amr'],
      email: ['email', 'email_verified'],
      profile: ['name', 'groups', 'org'],
    },
    conformIdTokenClaims: false,
    cookies: { keys: ['for-tests-only'] },
    findAccount: (context, id) => {
      const claims = options.people[id];
      const { session } = context.oidc;
      if (session !== undefined && claims?.['amr'] !== undefined) {
        Object.assign(session, { amr: claims['amr'] });
      }
      return claims === undefined ? undefined : { accountId: id, claims: () => ({ sub: id, ...claims }) };
    },
  });
  const handle = provider.callback();
  const server = createServer({ cert: options.pair.cert, key: options.pair.key }, (request, response) => {
    void handle(request, response);
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
