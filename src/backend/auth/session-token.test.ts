import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { readToken, SESSION_SECONDS, signToken } from './session-token.ts';

const key = Buffer.alloc(32, 7);
const issuer = { key, audience: 'this dashboard' };
const now = new Date('2026-11-23T20:34:11.500Z');
const claims = { sub: 'lead@example.org', jti: 'one', role: 'lead', organization: 'nvidia', approved: true };
const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sealed = (content: string, by = key): string =>
  `${content}.${createHmac('sha256', by).update(content).digest('base64url')}`;
const signed = (header: unknown, payload: unknown, by = key): string =>
  sealed(`${encoded(header)}.${encoded(payload)}`, by);
const seconds = Math.floor(now.getTime() / 1000);
const PAYLOAD = {
  sub: 'lead@example.org',
  jti: 'one',
  aud: 'this dashboard',
  type: 'access',
  nbf: seconds,
  exp: seconds + 60,
};
const HEADER = { alg: 'HS256', typ: 'JWT' };
const signedText = (payload: string): string =>
  sealed(`${encoded(HEADER)}.${Buffer.from(payload).toString('base64url')}`);

test('reads its own token until it expires', () => {
  const token = signToken(issuer, claims, now);
  expect(readToken(issuer, token, now)).toMatchObject({
    sub: 'lead@example.org',
    jti: 'one',
    expires: new Date((seconds + SESSION_SECONDS) * 1000),
  });
  expect(readToken(issuer, token, after(SESSION_SECONDS - 1))).toBeDefined();
  expect(readToken(issuer, token, after(SESSION_SECONDS))).toBeUndefined();
  expect(readToken(issuer, signed(HEADER, PAYLOAD), new Date(seconds * 1000))).toBeDefined();
  // The replica that signed it may be ahead.
  expect(readToken(issuer, signed(HEADER, { ...PAYLOAD, nbf: seconds + 240 }), now)).toBeDefined();
});

test.each([
  ['signed by another key', signed(HEADER, PAYLOAD, Buffer.alloc(32, 8))],
  ['without algorithm', `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(PAYLOAD)}.`],
  ['of another algorithm', signed({ alg: 'HS512', typ: 'JWT' }, PAYLOAD)],
  ['with a header it must understand', signed({ ...HEADER, crit: ['b64'], b64: false }, PAYLOAD)],
  ['of another type', signed(HEADER, { ...PAYLOAD, type: 'refresh' })],
  ['of another dashboard', signed(HEADER, { ...PAYLOAD, aud: 'another dashboard' })],
  ['of no dashboard', signed(HEADER, { ...PAYLOAD, aud: undefined })],
  ['for several dashboards', signed(HEADER, { ...PAYLOAD, aud: ['this dashboard', 'another'] })],
  ['not valid yet', signed(HEADER, { ...PAYLOAD, nbf: seconds + 360 })],
  ['without an end', signed(HEADER, { ...PAYLOAD, exp: undefined })],
  ['without a session', signed(HEADER, { ...PAYLOAD, jti: undefined })],
  ['with something after it', `${signed(HEADER, PAYLOAD)}=`],
  ['that is no JSON', signed(HEADER, PAYLOAD).replace(/\..+\./, '.bm90IGpzb24.')],
  ['with something before it', `something ${signed(HEADER, PAYLOAD)}`],
  ['with half of its signature', signed(HEADER, PAYLOAD).slice(0, -20)],
  ['signed rightly that is no JSON', signedText('not json')],
  ['that ends this moment', signed(HEADER, { ...PAYLOAD, exp: now.getTime() / 1000 })],
  ['that is empty', ''],
])('a token %s is none', (_what, token) => {
  expect(readToken(issuer, token, now)).toBeUndefined();
});

test('a token of which one character was changed is none', () => {
  const token = signToken(issuer, claims, now);
  for (let place = 0; place < token.length; place += 1) {
    const other = token.charAt(place) === 'A' ? 'B' : 'A';
    const changed = token.slice(0, place) + other + token.slice(place + 1);
    expect([place, readToken(issuer, changed, now)]).toEqual([place, undefined]);
  }
});
