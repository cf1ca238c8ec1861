import { hostname } from 'node:os';
import { z } from 'zod';
import { AccessTokenResponse, Scope } from '../../../contract/api/access-token.ts';
import { SCOPES } from '../../../contract/token-scopes.ts';
import { StatusResponse } from '../../../contract/api/response.ts';
import { findPerson } from '../../backend/admin-call.ts';
import type { Handler } from '../../handler.ts';
import { requireCredential } from '../../settings/credential.ts';
import { ApiClient } from '../../remote/api-client.ts';
import { findAddress } from '../../remote/find-connection.ts';
import { openSession } from '../../remote/open-session.ts';
import { readLogins, writeLogins } from '../../remote/stored-logins.ts';

const DEFAULT_DAYS = 90;

const RawLogin = z.object({
  cred: z.string().optional(),
  days: z.number().default(DEFAULT_DAYS),
  scope: z.array(Scope).default([...SCOPES]),
});

/** `dashboard login`: exchanges a password for an access token; the password is not kept. */
export const login: Handler = async (flags, _words, context) => {
  const { runtime, signal } = context;
  const raw = RawLogin.parse(flags);
  const { days: expires_in_days, scope: scopes } = raw;
  requireCredential(raw.cred, '--cred');
  const { origin, trust, ca } = await findAddress(flags, runtime);
  const person = await findPerson(raw.cred, context);
  const stranger = new ApiClient({ origin, trust, token: undefined }, signal);
  const { access_token: session, user } = await openSession(stranger, person, context);
  const api = new ApiClient({ origin, trust, token: session }, signal);
  const name = `dashboard on ${hostname()}, ${runtime.now().toISOString()}`;
  const created = await api.call(AccessTokenResponse, {
    method: 'POST',
    path: '/tokens',
    body: { name, scopes, expires_in_days },
  });
  const stored = await readLogins(runtime);
  const earlier = stored.logins[origin];
  const token = { email: user.email, token: created.token, id: created.access_token.id };
  const file = await writeLogins(runtime, {
    current: origin,
    logins: { ...stored.logins, [origin]: { ...token, ...(ca === undefined ? {} : { ca }) } },
  });
  if (earlier?.email === user.email) {
    await api.exchange({ method: 'DELETE', path: `/tokens/${earlier.id}` }).catch(() => undefined);
  }
  await api.call(StatusResponse, { method: 'POST', path: '/logout' });
  return {
    data: {
      state: 'logged in',
      url: origin,
      email: user.email,
      scopes,
      expires_at: created.access_token.expires_at,
    },
    lines: [
      `Logged in to ${origin} as ${user.email}, until ${created.access_token.expires_at}.`,
      `The access token is in ${file}.`,
    ],
  };
};
