import { jwtVerify } from 'jose/jwt/verify';
import { SignJWT } from 'jose/jwt/sign';
import { z } from 'zod';

/** Seconds a session lasts. */
export const SESSION_SECONDS = 1800;

/** What a token says beside its times; only `sub` and `jti` are believed, the rest is for clients to read. */
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
  exp: z.number(),
  type: z.literal('access'),
});

/** Signs a session token (JWT, HS256). */
export const signToken = (key: Uint8Array, claims: TokenClaims, now: Date): Promise<string> => {
  const seconds = Math.floor(now.getTime() / 1000);
  const { sub, jti, ...rest } = claims;
  return new SignJWT({ ...rest, type: 'access' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(sub)
    .setJti(jti)
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + SESSION_SECONDS)
    .sign(key);
};

/** @returns the token's subject and session, or undefined for anything but a valid token of ours */
export const readToken = async (
  key: Uint8Array,
  token: string,
  now: Date,
): Promise<{ readonly sub: string; readonly jti: string } | undefined> => {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], currentDate: now });
    const verified = Verified.safeParse(payload);
    return verified.success ? verified.data : undefined;
  } catch {
    return undefined;
  }
};
