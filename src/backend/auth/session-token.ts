import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Seconds a session lasts at most, however much it is used: that is when its token expires. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** How far the clock of the replica that signed a token may be ahead of the one that reads it. */
const LEEWAY_SECONDS = 5 * 60;

/** Describes what a token says beside its times; only `sub` and `jti` are believed, the rest is for clients to read. */
export interface TokenClaims {
  readonly sub: string;
  readonly jti: string;
  readonly role: string;
  readonly organization: string;
  readonly approved: boolean;
}

const Verified = z.object({
  sub: z.string(),
  jti: z.string(),
  aud: z.string(),
  nbf: z.number(),
  exp: z.number(),
  type: z.literal('access'),
});

/** The one header of our tokens: no other algorithm is ever read. */
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
const TOKEN = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/**
 * Describes what a dashboard signs its tokens with, and its name in them: a key may be shared, the name is of one
 * project.
 */
export interface TokenIssuer {
  readonly key: Uint8Array;
  readonly audience: string;
}

const signatureOf = (key: Uint8Array, content: string): string =>
  createHmac('sha256', key).update(content).digest('base64url');

/** Signs a session token (JWT of RFC 7519 in its compact form, HS256 of RFC 7518, 3.2). */
export const signToken = ({ key, audience }: TokenIssuer, claims: TokenClaims, now: Date): string => {
  const seconds = Math.floor(now.getTime() / 1000);
  const { sub, jti, ...rest } = claims;
  const times = { iat: seconds, nbf: seconds, exp: seconds + SESSION_SECONDS };
  const payload = Buffer.from(JSON.stringify({ ...rest, type: 'access', aud: audience, sub, jti, ...times }));
  const content = `${HEADER}.${payload.toString('base64url')}`;
  return `${content}.${signatureOf(key, content)}`;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** @returns the token's subject, session and end, or undefined for anything but a valid token of this dashboard */
export const readToken = (
  { key, audience }: TokenIssuer,
  token: string,
  now: Date,
): { readonly sub: string; readonly jti: string; readonly expires: Date } | undefined => {
  const [, header, payload = '', signature = ''] = TOKEN.exec(token) ?? [];
  if (header !== HEADER) {
    return undefined;
  }
  const right = Buffer.from(signatureOf(key, `${header}.${payload}`));
  const given = Buffer.from(signature);
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    return undefined;
  }
  const claims = Verified.safeParse(parsed(Buffer.from(payload, 'base64url').toString('utf8')));
  const seconds = now.getTime() / 1000;
  if (
    !claims.success ||
    claims.data.aud !== audience ||
    claims.data.nbf > seconds + LEEWAY_SECONDS ||
    seconds >= claims.data.exp
  ) {
    return undefined;
  }
  return { ...claims.data, expires: new Date(claims.data.exp * 1000) };
};
