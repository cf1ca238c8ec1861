import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const MARK = /^([\w-]{22})\.([\w-]{43})$/;

const signature = (key: Uint8Array, account: string, id: string): Buffer =>
  createHmac('sha256', key).update(`browser\0${account.toLowerCase()}\0${id}`).digest();

/** A mark for a browser in which the account's password was right (OWASP "device cookie"); it is no session. */
export const browserMark = (key: Uint8Array, account: string): string => {
  const id = randomBytes(16).toString('base64url');
  return `${id}.${signature(key, account, id).toString('base64url')}`;
};

/** @returns the id of the browser; undefined where the mark is not one of this account */
export const markedBrowser = (
  key: Uint8Array,
  mark: string | undefined,
  account: string,
): string | undefined => {
  const [, id, signed] = MARK.exec(mark ?? '') ?? [];
  if (id === undefined || signed === undefined) {
    return undefined;
  }
  const given = Buffer.from(signed, 'base64url');
  return timingSafeEqual(given, signature(key, account, id)) ? id : undefined;
};
