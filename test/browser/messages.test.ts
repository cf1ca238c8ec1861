import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { z } from 'zod';
import { linkIn, startMailSink, type MailSink } from '../support/mail-sink.ts';
import { until } from '../support/until.ts';
import { startWebhookEndpoint, type WebhookEndpoint } from '../support/webhook-endpoint.ts';
import { ADMIN, NEW_PASSWORD, startDashboard, type Dashboard } from './dashboard.ts';
import { prepareStudy, type Study } from './study.ts';
import { axeViolations, launch, logIn, visit, type Visitor } from './visitor.ts';

jest.setTimeout(240_000);

const Counts = z.object({ waiting: z.number(), failed: z.number() });
const Hooks = z.object({ webhooks: z.array(z.object({ waiting: z.number() })) });

let sink: MailSink;
let endpoint: WebhookEndpoint;
let dashboard: Dashboard;
let browser: Browser;
let study: Study;
let admin: Visitor;

beforeAll(async () => {
  sink = await startMailSink();
  endpoint = await startWebhookEndpoint();
  dashboard = await startDashboard({
    NVFL_SMTP_URL: `smtp://127.0.0.1:${sink.port}?starttls=never`,
    NVFL_MAIL_FROM: 'dashboard@example.org',
    NVFL_PUBLIC_URL: 'https://flare.example.org/',
    NVFL_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
  });
  browser = await launch();
  study = await prepareStudy(dashboard.url);
  admin = await visit(browser, dashboard.url);
  await logIn(admin.page, ADMIN.email, NEW_PASSWORD);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await dashboard.stop();
  await endpoint.close();
  await sink.close();
});

const openMessages = async (): Promise<Locator> => {
  await admin.page.goto('/messages');
  await admin.page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
  return admin.page.getByRole('dialog');
};

const row = (name: string | RegExp): Locator => admin.page.getByRole('row', { name });

test('a test e-mail arrives, and a refusal is shown in the server’s words', async () => {
  const dialog = await openMessages();
  await admin.page.getByRole('button', { name: 'Send a test e-mail' }).click();
  await dialog.getByLabel('Send it to').fill('it@clinic.org');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.getByText('The mail server has taken the e-mail.').waitFor();
  await sink.wait(({ to }) => to === 'it@clinic.org');
  sink.refuse(() => ({ code: 550, message: 'mailbox unavailable here' }));
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.getByText('The mail server refuses the e-mail.').waitFor();
  await dialog.getByText('mailbox unavailable here').waitFor();
  expect(await axeViolations(admin)).toEqual([]);
});

test('an e-mail that failed shows why, is sent again, and another is discarded', async () => {
  sink.refuse(() => ({ code: 550, message: 'no such mailbox' }));
  const invite = (email: string) =>
    study.admin('POST', '/invitations', { emails: [email], organization: 'Coordination', role: 'member' });
  await invite('guest@clinic.org');
  await invite('other@clinic.org');
  await until(async () => Counts.parse(await study.admin('GET', '/outbox')).failed === 2);
  await openMessages();
  await row(/guest@clinic\.org Invitation failed.*refuses the e-mail.*no such mailbox/).waitFor();
  await admin.page.getByRole('button', { name: 'Discard the message to other@clinic.org' }).click();
  await admin.page.getByText('The message is discarded.').waitFor();
  await row(/other@clinic\.org/).waitFor({ state: 'detached' });
  sink.refuse(() => undefined);
  await admin.page.getByRole('button', { name: 'Send the message to guest@clinic.org again' }).click();
  await admin.page.getByText('The message is sent again.').waitFor();
  const mail = await sink.wait(({ to }) => to === 'guest@clinic.org');
  expect(linkIn(mail)).toContain('https://flare.example.org/sign-up#invitation=');
  await until(async () => Counts.parse(await study.admin('GET', '/outbox')).waiting === 0);
  await openMessages();
  await row(/guest@clinic\.org Invitation sent/).waitFor();
});

test('a webhook to a private address is refused, and one that may be reached gets its test', async () => {
  const dialog = await openMessages();
  await admin.page.getByRole('button', { name: 'Add a webhook' }).click();
  await dialog.getByRole('button', { name: 'Add a webhook' }).click();
  await dialog.getByText('Enter an address that begins with https://.').waitFor();
  await dialog.getByLabel('Name').fill('Chat');
  await dialog.getByLabel('Endpoint').fill('https://10.0.0.7/hooks');
  await dialog.getByRole('button', { name: 'Add a webhook' }).click();
  await dialog.getByText('It leads into a network that webhooks may not reach.').waitFor();
  await dialog.getByLabel('Endpoint').fill(endpoint.url);
  await dialog.getByRole('button', { name: 'Add a webhook' }).click();
  const secret = (await dialog.getByText(/^whsec_/).textContent()) ?? '';
  expect(secret.length).toBeGreaterThan(20);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await row(/Chat .*127\.0\.0\.1/).waitFor();
  expect(await admin.page.content()).not.toContain('/hooks/9f3c');
  await admin.page.getByRole('button', { name: 'Test Chat' }).click();
  await dialog.getByRole('button', { name: 'Send a test message' }).click();
  await dialog.getByText('The endpoint has taken the message.').waitFor();
  expect((await endpoint.wait(() => true)).headers['webhook-signature']).toMatch(/^v1,/);
  expect(await axeViolations(admin)).toEqual([]);
});

test('an endpoint that fails is named in the test and in the log, and the webhook is paused and removed', async () => {
  endpoint.respond((response) => {
    response.writeHead(500).end('out of order');
  });
  const dialog = await openMessages();
  const { page } = admin;
  await page.getByRole('button', { name: 'Test Chat' }).click();
  await dialog.getByRole('button', { name: 'Send a test message' }).click();
  await dialog.getByText('The message was not delivered').waitFor();
  await page.keyboard.press('Escape');
  const body = { emails: ['third@clinic.org'], organization: 'Coordination', role: 'member' };
  await study.admin('POST', '/invitations', body);
  await until(async () => Hooks.parse(await study.admin('GET', '/webhooks')).webhooks[0]?.waiting === 1);
  await endpoint.wait(({ body: text }) => text.includes('third@clinic.org'));
  await openMessages();
  await page.getByRole('button', { name: 'Log of Chat' }).click();
  await dialog.getByRole('row', { name: /Invitation created waiting/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Pause Chat' }).click();
  await row(/Chat .*paused/).waitFor();
  await page.getByRole('button', { name: 'Remove Chat' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('There are no webhooks.').waitFor();
});
