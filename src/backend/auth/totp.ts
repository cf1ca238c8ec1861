import { Secret, TOTP } from 'otpauth';

const SECRET_BYTES = 20;
/** Steps of 30 s by which a clock may be off. */
const WINDOW = 1;
const DIGITS = /^[0-9]{6}$/;
/** Steps by which a wrong clock is still recognized as such. */
const RECOGNIZED = 10;

/** Describes what a code is: right for a step (its number since 1970), right but for another time, or wrong. */
export type TotpVerdict = { readonly step: number } | 'clock_differs' | 'wrong_code';

/** Generates the shared secret of an authenticator app, in base32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** Returns the address that authenticator apps read from a QR code. */
export const totpUri = (secret: string, issuer: string, account: string): string =>
  new TOTP({ issuer, label: account, secret: Secret.fromBase32(secret) }).toString();

/** Checks a code of RFC 6238 (SHA-1, six digits, 30 s). */
export const checkTotp = (secret: string, code: string, now: Date): TotpVerdict => {
  // The library throws at six characters that take more than six bytes.
  if (!DIGITS.test(code)) {
    return 'wrong_code';
  }
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window: RECOGNIZED });
  if (delta === null) {
    return 'wrong_code';
  }
  return Math.abs(delta) <= WINDOW ? { step: totp.counter({ timestamp }) + delta } : 'clock_differs';
};
