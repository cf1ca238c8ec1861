import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from '@jest/globals';
import { REVOCATION_REASONS } from '../contract/revocation.ts';
import { issueCrl } from './crl.ts';
import { createRootCa, type RootCa } from './root-ca.ts';

const now = new Date('2026-11-23T22:00:00Z');
const nextUpdate = new Date('2026-11-30T22:00:00Z');
let root: RootCa;
beforeAll(async () => {
  root = await createRootCa({ commonName: 'Breast study', validDays: 3650, keyBits: 2048, now });
});

const textOf = (pem: string): string =>
  execFileSync('openssl', ['crl', '-noout', '-text'], { input: pem, encoding: 'utf8' });

test('names every revoked certificate with its reason', async () => {
  const revoked = REVOCATION_REASONS.map((reason, position) => ({
    serial: `4${position}`.padEnd(40, 'F'),
    at: now,
    reason,
  }));
  const text = textOf(await issueCrl({ root, revoked, number: 1, thisUpdate: now, nextUpdate }));
  for (const { serial } of revoked) {
    expect(text).toContain(`Serial Number: ${serial}`);
  }
  for (const reason of ['Key Compromise', 'Affiliation Changed', 'Superseded', 'Cessation Of Operation']) {
    expect(text).toContain(reason);
  }
  expect(text).toContain('Privilege Withdrawn');
  expect(text).not.toContain('Unspecified');
});

test('is valid without a single revoked certificate', async () => {
  const text = textOf(await issueCrl({ root, revoked: [], number: 1, thisUpdate: now, nextUpdate }));
  expect(text).toContain('No Revoked Certificates');
  expect(text).toContain('Next Update: Nov 30 22:00:00 2026 GMT');
});

test.each([
  [1, '1'],
  [127, '127'],
  [128, '128'],
  [255, '255'],
  [256, '256'],
  [70_000, '70000'],
])('carries the number %i', async (number, shown) => {
  const text = textOf(await issueCrl({ root, revoked: [], number, thisUpdate: now, nextUpdate }));
  expect(text).toMatch(new RegExp(String.raw`CRL Number:\s+(?:${shown}|0x0*${number.toString(16)})\s`, 'i'));
});
