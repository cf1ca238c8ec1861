import { SESSION_COOKIE } from '../../contract/wire-headers.ts';

/** The session's token in a request's `Cookie` header. */
export const sessionCookieOf = (header: string | undefined): string | undefined => {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === SESSION_COOKIE && value !== undefined && value !== '') return value;
  }
  return undefined;
};

/** `Set-Cookie` of a session; an empty token with 0 seconds ends it. */
export const sessionCookie = (token: string, seconds: number, secure: boolean): string =>
  `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
