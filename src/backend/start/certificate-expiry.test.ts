import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeWebPair } from '../../../test/support/web-pair.ts';
import { ExpiryNotices } from './certificate-expiry.ts';

const DAY_MS = 86_400_000;
const folders: string[] = [];
const make = (days: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-expiry-'));
  folders.push(folder);
  return makeWebPair(folder, 'dashboard.example.org', days);
};
let pem = '';
let end = 0;
beforeAll(() => {
  pem = make(90);
  end = new Date(new X509Certificate(pem).validTo).getTime();
});
afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true });
  }
});
const before = (days: number): Date => new Date(end - days * DAY_MS);

test('is silent while more than 30 days are left', () => {
  expect(new ExpiryNotices().due(pem, before(30.5))).toBeUndefined();
});

test('warns once 30, 14, 7 and 1 day before the end, and when it has expired', () => {
  const notices = new ExpiryNotices();
  const days = [45, 29.9, 29, 20, 13.9, 10, 6.9, 2, 0.9, 0.5, -0.1, -3];
  expect(days.map((left) => notices.due(pem, before(left))?.replace(/, on .*|expired on .*/, ''))).toEqual([
    undefined,
    'The web certificate expires in 29 days',
    undefined,
    undefined,
    'The web certificate expires in 13 days',
    undefined,
    'The web certificate expires in 6 days',
    undefined,
    'The web certificate expires in less than a day',
    undefined,
    'The web certificate ',
    undefined,
  ]);
});

test('says only the nearest when several are due at the start', () => {
  const notices = new ExpiryNotices();
  expect(notices.due(pem, before(3.5))).toContain('expires in 3 days');
  expect(notices.due(pem, before(3))).toBeUndefined();
});

test('begins anew with a renewed certificate', () => {
  const notices = new ExpiryNotices();
  const renewed = make(60);
  const renewedEnd = new Date(new X509Certificate(renewed).validTo).getTime();
  expect(notices.due(pem, before(4.5))).toContain('expires in 4 days');
  expect(notices.due(renewed, new Date(renewedEnd - 5.5 * DAY_MS))).toContain('expires in 5 days');
});
