import type { Handler } from '../../handler.ts';
import { ApiClient } from '../../remote/api-client.ts';
import { findAddress } from '../../remote/find-connection.ts';
import { readLogins, writeLogins } from '../../remote/stored-logins.ts';

/** `dashboard logout`: revokes the stored access token, and forgets it also where the dashboard is gone. */
export const logout: Handler = async (flags, _words, { runtime, signal, output }) => {
  const { origin, trust } = await findAddress(flags, runtime);
  const { current, logins } = await readLogins(runtime);
  const { [origin]: login, ...others } = logins;
  if (login === undefined) {
    return { data: { state: 'not logged in', url: origin }, lines: [`Not logged in to ${origin}.`] };
  }
  const api = new ApiClient({ origin, trust, token: login.token }, signal);
  await api.exchange({ method: 'DELETE', path: `/tokens/${login.id}` }).catch((error: unknown) => {
    output.warn(
      `The access token was not revoked: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  await writeLogins(runtime, {
    ...(current === undefined || current === origin ? {} : { current }),
    logins: others,
  });
  return { data: { state: 'logged out', url: origin }, lines: [`Logged out of ${origin}.`] };
};
