import { expect, test } from '@jest/globals';
import { redact } from './redact.ts';

test.each([
  ['an e-mail address', 'user alice.b+c@hospital.example.org logged in', 'user <e-mail> logged in'],
  ['the credential of an address', 'postgres://dash:s3cret@db:5432/x', 'postgres://<credential>@db:5432/x'],
  ['a network address', '{"ip":"203.0.113.7"}', '{"ip":"<address>"}'],
  ['a session token', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.c2lnbmF0dXJl', 'Bearer <token>'],
  ['a key', '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----', '<pem>'],
  ['a value named password', '{"password":"Amber-Lantern-3","a":1}', '{"password":"<removed>","a":1}'],
  ['a passphrase in a shell line', 'NVFL_PASSPHRASE=herons next', 'NVFL_PASSPHRASE="<removed>" next'],
])('removes %s', (_what, text, redacted) => {
  expect(redact(text)).toBe(redacted);
});

test('leaves what tells an error apart', () => {
  const line =
    '{"level":60,"code":"portTaken","msg":"Port 8443 is taken.","time":"2026-11-28T09:00:00.000Z"}';
  expect(redact(line)).toBe(line);
});
