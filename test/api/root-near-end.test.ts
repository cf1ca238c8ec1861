import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RenewalsResponse } from '../../src/contract/api/renewals.ts';
import { unzipKit } from './kit-files.ts';
import { backend, newSite, startStudy, stopStudy } from './request-study.ts';

const DAY_MS = 86_400_000;
const PIN = 'Kit4TheEnd';
const ROOT_DAYS = 30;
const started = new Date();
let clock = started;
let site = { id: 0, name: '' };

beforeAll(async () => {
  await startStudy({ root_valid_days: ROOT_DAYS }, () => clock);
  site = await newSite();
}, 180_000);
afterAll(stopStudy);

/** Logs a project admin in after so many days: earlier sessions have ended by then. */
const adminAfter = (days: number) => {
  clock = new Date(started.getTime() + days * DAY_MS);
  return backend.user(`after-${days}@example.org`, 'project_admin', 'hospital', 100);
};

it('issues no certificate beyond a root that has three days left, and says that it is to be renewed', async () => {
  const admin = await adminAfter(ROOT_DAYS - 3.5);
  const kit = await admin('POST', `/clients/${site.id}/blob`, { pin: PIN });
  expect(kit.status).toBe(200);
  const files = unzipKit(kit.bytes, PIN);
  const root = new X509Certificate(files.text('startup/rootCA.pem'));
  const own = new X509Certificate(files.text('startup/client.crt'));
  expect(own.validTo).toBe(root.validTo);
  const left = (Date.parse(own.validTo) - clock.getTime()) / DAY_MS;
  expect(Math.floor(left)).toBe(3);
  const renewals = await admin('GET', '/renewals?within=7');
  expect(RenewalsResponse.parse(renewals.json).renewals).toMatchObject([{ name: site.name, days_left: 3 }]);
});

it('refuses kits once the root has expired, and says why', async () => {
  const admin = await adminAfter(ROOT_DAYS + 1);
  const kit = await admin('POST', `/clients/${site.id}/blob`, { pin: PIN });
  expect([kit.status, kit.json]).toMatchObject([
    409,
    { code: 'conflicting', fields: [{ path: 'certificate', code: 'root_expired' }] },
  ]);
});
