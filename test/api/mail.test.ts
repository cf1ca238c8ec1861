import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { linkIn, mailConfig, startMailSink, tokenIn, type MailSink } from '../support/mail-sink.ts';
import { until } from '../support/until.ts';
import { ADMIN, startBackend, type Backend } from './backend.ts';

const PASSWORD = 'blue-tractor-91';
const Created = z.object({ user: z.object({ id: z.number() }) });
const Invited = z.object({
  invitations: z.array(z.object({ id: z.string(), token: z.string(), mailed: z.boolean() })),
});

let sink: MailSink;
let backend: Backend;
let count = 0;

beforeAll(async () => {
  sink = await startMailSink();
  backend = await startBackend({ mail: mailConfig(sink.port) });
  await backend.admin('PATCH', '/project', {
    public: true,
    title: 'Lung & <b>nodules</b>',
    short_name: 'lung',
  });
}, 60_000);
afterAll(async () => {
  await backend.close();
  await sink.close();
}, 30_000);
beforeEach(() => {
  count += 1;
});

const email = (): string => `person-${count}@clinic.org`;

const signUp = async (more: object = {}, language = 'en'): Promise<number> => {
  const response = await fetch(`${backend.url}/api/v1/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify({
      email: email(),
      password: PASSWORD,
      organization: 'clinic',
      role: 'org_admin',
      ...more,
    }),
  });
  expect(response.status).toBe(201);
  return Created.parse(await response.json()).user.id;
};

const mailTo = (address: string, subject: RegExp) =>
  sink.wait(({ to, parsed }) => to === address && subject.test(parsed.subject ?? ''));

describe('an invitation', () => {
  it('reaches the invited person with a link that works', async () => {
    const reply = await backend.admin('POST', '/invitations', {
      emails: [email()],
      organization: 'clinic',
      role: 'lead',
    });
    expect(Invited.parse(reply.json).invitations).toMatchObject([{ mailed: true }]);
    const mail = await mailTo(email(), /^Invitation/);
    expect(linkIn(mail)).toMatch(/^https:\/\/flare\.example\.org\/sign-up#invitation=nvfi_/);
    await signUp({ invitation: tokenIn(mail) });
  });

  it('is written in the language that was asked for', async () => {
    await backend.admin('POST', '/invitations', {
      emails: [email()],
      organization: 'clinic',
      role: 'lead',
      language: 'de',
    });
    const { parsed } = await mailTo(email(), /^Einladung/);
    expect(parsed.text).toContain('lädt Sie zu Lung & <b>nodules</b> ein');
  });

  it('waits in the outbox without its secret', async () => {
    sink.refuse(() => ({ code: 451, message: 'greylisted, try again later' }));
    const reply = await backend.admin('POST', '/invitations', {
      emails: [email()],
      organization: 'clinic',
      role: 'lead',
    });
    const token = Invited.parse(reply.json).invitations[0]?.token ?? '';
    const { json } = await backend.admin('GET', '/outbox?state=waiting');
    expect(JSON.stringify(json)).toContain(email());
    expect(token).toMatch(/^nvfi_/);
    expect(JSON.stringify(json)).not.toContain(token.slice(-43));
    sink.refuse(() => undefined);
  });
});

describe('a sign-up', () => {
  it('is told to the project admin, and its e-mail is confirmed by the link', async () => {
    const id = await signUp();
    const state = async () => (await backend.admin('GET', `/users/${id}`)).json['user'];
    expect(await state()).toMatchObject({ email_state: 'unconfirmed' });
    await mailTo(ADMIN, /a request is waiting/);
    const mail = await mailTo(email(), /confirm your e-mail/);
    const token = tokenIn(mail);
    expect((await backend.stranger('POST', '/email/confirm', { token })).status).toBe(200);
    expect(await state()).toMatchObject({ email_state: 'confirmed' });
    expect((await backend.stranger('POST', '/email/confirm', { token })).status).toBe(400);
  });

  it('is told to the admins of the organization, also when it is chosen afterwards', async () => {
    const colleague = 'colleague@harbour.org';
    await backend.user(colleague, 'org_admin', 'harbour', 100);
    const id = await signUp({ organization: '', role: '' });
    const { json } = await backend.stranger('POST', '/login', { email: email(), password: PASSWORD });
    const person = backend.as(z.string().parse(json['access_token']));
    const chosen = await person('PATCH', `/users/${id}`, { organization: 'harbour', role: 'org_admin' });
    expect(chosen.status).toBe(200);
    const { parsed } = await mailTo(colleague, /a request is waiting/);
    expect(parsed.text).toContain(`${email()} of harbour asks for approval`);
  });

  it('is answered in the language of the person, with the reason', async () => {
    const id = await signUp({ sites: [{ name: `site-${count}` }] }, 'de-DE,de;q=0.9,en;q=0.8');
    const reason = 'Bitte <a href="https://evil.example">hier</a>\nklicken';
    await backend.admin('POST', '/approvals', { decision: 'deny', users: [id], reason });
    const { parsed } = await mailTo(email(), /abgelehnt$/);
    expect(parsed.text).toContain('> klicken');
    expect(parsed.html).not.toContain('<a href="https://evil.example">');
    expect(parsed.html).toContain('&lt;a href=');
  });

  it('and its sites are decided on in one e-mail', async () => {
    const id = await signUp({ sites: [{ name: `north-${count}` }, { name: `south-${count}` }] });
    const inbox = await backend.admin('GET', '/inbox');
    const Seen = z.array(z.object({ id: z.number(), version: z.string(), name: z.string() }));
    const users = Seen.parse(inbox.json['users']).filter((user) => user.id === id);
    const clients = Seen.parse(inbox.json['clients']).filter(({ name }) => name.endsWith(`-${count}`));
    await backend.admin('POST', '/approvals', { decision: 'approve', users, clients });
    const { parsed } = await mailTo(email(), /: approved$/);
    expect(parsed.text).toMatch(/person-\d+@clinic\.org is approved/);
    expect(parsed.text).toMatch(/north-\d+ is approved[^]*south-\d+ is approved/);
    expect(
      sink.received.filter(({ to, parsed: { subject = '' } }) => to === email() && /approved/.test(subject)),
    ).toHaveLength(1);
  });
});

describe('a log-in', () => {
  const logIn = () => backend.stranger('POST', '/login', { email: email(), password: PASSWORD });

  it('in an unknown browser is told to the owner of the account, the first one ever is not', async () => {
    await signUp();
    expect((await logIn()).status).toBe(200);
    expect((await logIn()).status).toBe(200);
    const { parsed } = await mailTo(email(), /new log-in/);
    expect(parsed.text).toContain('127.0.0.1');
    const events = sink.received.filter(
      ({ to, parsed: { subject = '' } }) => to === email() && subject.includes('new log-in'),
    );
    expect(events).toHaveLength(1);
  });
});

describe('a forgotten password', () => {
  const forget = (address = email()) => backend.stranger('POST', '/password/forgot', { email: address });

  it('is replaced with the link, which works once and ends all sessions', async () => {
    await signUp();
    const session = await backend.stranger('POST', '/login', { email: email(), password: PASSWORD });
    const old = backend.as(z.string().parse(session.json['access_token']));
    expect((await forget()).status).toBe(200);
    const token = tokenIn(await mailTo(email(), /choose a new password/));
    const reset = (password: string) => backend.stranger('POST', '/password/reset', { token, password });
    expect(await reset('short')).toMatchObject({ status: 400, json: { fields: [{ path: 'password' }] } });
    expect((await reset('green-Tractor-92')).status).toBe(200);
    expect((await old('GET', '/me')).status).toBe(401);
    expect(await reset('green-Tractor-93')).toMatchObject({
      status: 400,
      json: { fields: [{ path: 'token', code: 'link_invalid' }] },
    });
    const logIn = (password: string) => backend.stranger('POST', '/login', { email: email(), password });
    expect((await logIn(PASSWORD)).status).toBe(401);
    expect((await logIn('green-Tractor-92')).status).toBe(200);
  });

  it('of an unknown account gets the same response and no e-mail', async () => {
    await signUp();
    const known = await forget();
    const unknown = await forget(`nobody-${count}@clinic.org`);
    expect(unknown.json).toEqual(known.json);
    await mailTo(email(), /choose a new password/);
    expect(sink.asked).not.toContain(`nobody-${count}@clinic.org`);
  });

  it('is asked for five times an hour for one e-mail, known or not', async () => {
    const statuses: number[] = [];
    for (let asked = 0; asked < 6; asked += 1) {
      statuses.push((await forget(`often-${count}@clinic.org`)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('is replaced with a link that the project admin hands over', async () => {
    const id = await signUp();
    const reply = await backend.admin('POST', `/users/${id}/password-link`);
    expect(reply.status).toBe(201);
    const token = z.string().parse(reply.json['token']);
    const body = { token, password: 'green-Tractor-92' };
    expect((await backend.stranger('POST', '/password/reset', body)).status).toBe(200);
    const login = await backend.stranger('POST', '/login', { email: email(), password: body.password });
    expect(login.json).toMatchObject({ must_change_password: false });
  });

  it.each([
    ['a newer one', (id: number) => backend.admin('POST', `/users/${id}/password-link`)],
    [
      'a password set meanwhile',
      (id: number) => backend.admin('PATCH', `/users/${id}`, { password: 'red-Tractor-77' }),
    ],
    ['a denial', (id: number) => backend.admin('PATCH', `/users/${id}`, { approval_state: -1 })],
  ])('is not replaced with a link that %s ended', async (_what, end) => {
    const id = await signUp();
    const token = (await backend.admin('POST', `/users/${id}/password-link`)).json['token'];
    expect((await end(id)).status).toBeLessThan(300);
    const reply = await backend.stranger('POST', '/password/reset', { token, password: 'green-Tractor-92' });
    expect(reply.status).toBe(400);
  });
});

describe('a message', () => {
  it('to a refused recipient fails with what the server said, and is discarded by the project admin', async () => {
    sink.refuse((address) => (address === email() ? { code: 550, message: 'no such mailbox' } : undefined));
    await signUp();
    const find = async () => {
      const { json } = await backend.admin('GET', '/outbox?state=failed');
      const Messages = z.array(z.looseObject({ id: z.string(), recipient: z.string() }));
      return Messages.parse(json['messages']).find(({ recipient }) => recipient === email());
    };
    const failed = await until(find);
    expect(failed).toMatchObject({
      error: 'refused',
      error_detail: expect.stringContaining('no such mailbox'),
    });
    expect((await backend.admin('DELETE', `/outbox/${failed.id}`)).status).toBe(200);
    expect(await find()).toBeUndefined();
  });
});
