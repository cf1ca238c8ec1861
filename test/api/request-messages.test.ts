import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { mailConfig, startMailSink, type MailSink } from '../support/mail-sink.ts';
import { ADMIN, startBackend, type Ask, type Backend } from './backend.ts';

const PASSWORD = 'blue-tractor-91';
const Messages = z.array(z.object({ kind: z.string(), author: z.string(), text: z.string() }));

let sink: MailSink;
let backend: Backend;
let count = 0;
let email = '';
let id = 0;
let person: Ask;

const logIn = () => backend.stranger('POST', '/login', { email, password: PASSWORD });

const tokenOf = (json: Readonly<Record<string, unknown>>): string => z.string().parse(json['access_token']);

const decide = async (decision: string, reason = '') => {
  const { json } = await backend.admin('GET', `/users/${id}`);
  return backend.admin('POST', '/approvals', { decision, users: [json['user']], reason });
};

const messages = async (ask: Ask = backend.admin) =>
  Messages.parse((await ask('GET', `/users/${id}/messages`)).json['messages']);

const mailTo = (address: string, subject: string) =>
  sink.wait(({ to, parsed }) => to === address && parsed.subject?.includes(subject) === true);

const askAgain = async (message: string) => {
  const { json } = await logIn();
  return backend.stranger('POST', '/login/ask-again', { challenge: json['challenge'], message });
};

beforeAll(async () => {
  sink = await startMailSink();
  backend = await startBackend({ mail: mailConfig(sink.port) });
  await backend.admin('PATCH', '/project', { title: 'Lung', public: true });
}, 60_000);
afterAll(async () => {
  await backend.close();
  await sink.close();
}, 30_000);
beforeEach(async () => {
  count += 1;
  email = `person-${count}@clinic.org`;
  const body = { email, password: PASSWORD, organization: 'clinic', role: 'member' };
  const { json } = await backend.stranger('POST', '/users', body);
  id = z.object({ id: z.number() }).parse(json['user']).id;
  person = backend.as(tokenOf((await logIn()).json));
});

describe('somebody who was denied', () => {
  it('asks again with a message, waits once more, and can be approved', async () => {
    await decide('deny', 'I do not know you.');
    expect((await logIn()).json).toMatchObject({ code: 'denied', reason: 'I do not know you.' });
    expect((await askAgain('We met in <b>Hamburg</b>.\nAnna')).status).toBe(200);
    expect((await backend.admin('GET', `/users/${id}`)).json['user']).toMatchObject({
      approval_state: 0,
      approval_reason: '',
    });
    const mail = await mailTo(ADMIN, `${email} asks again`);
    expect(mail.parsed.text).toContain('> We met in <b>Hamburg</b>.\n> Anna');
    expect(mail.parsed.text).toContain(`/users/${id}`);
    await decide('approve');
    expect(await messages()).toEqual([
      { kind: 'denied', author: ADMIN, text: 'I do not know you.' },
      { kind: 'asked_again', author: email, text: 'We met in <b>Hamburg</b>.\nAnna' },
      { kind: 'approved', author: ADMIN, text: '' },
    ]);
    expect((await logIn()).status).toBe(200);
  });

  it('needs the challenge of the denied log-in, which counts once and opens no session', async () => {
    const again = (challenge: unknown) =>
      backend.stranger('POST', '/login/ask-again', { challenge, message: 'Please' });
    expect((await again('1.9999999999999.xxx')).status).toBe(401);
    await decide('deny');
    const { json } = await logIn();
    const { challenge } = z.object({ challenge: z.string() }).parse(json);
    const body = { challenge, code: '123456' };
    expect((await backend.stranger('POST', '/login/second-factor', body)).json).toMatchObject({
      code: 'unauthenticated',
    });
    const forged = challenge.replace(/[\w-]{43}$/, 'A'.repeat(43));
    expect((await again(forged)).status).toBe(401);
    expect((await again(challenge)).status).toBe(200);
    expect((await again(challenge)).status).toBe(401);
    await decide('deny');
    expect((await again(challenge)).status).toBe(401);
  });

  it('gets no challenge with a wrong password', async () => {
    await decide('deny');
    const { json } = await backend.stranger('POST', '/login', { email, password: 'wrong-password-1' });
    expect(json['challenge']).toBeUndefined();
  });
});

describe('a project admin', () => {
  it('asks instead of deciding, and the person replies', async () => {
    const asked = await backend.admin('POST', `/users/${id}/messages`, { text: 'Which ward are you from?' });
    expect(asked.status).toBe(201);
    const mail = await mailTo(email, 'a question about your request');
    expect(mail.parsed.text).toContain('> Which ward are you from?');
    expect((await person('POST', `/users/${id}/messages`, { text: 'Ward 7' })).status).toBe(201);
    await mailTo(ADMIN, `${email} replied`);
    expect(await messages(person)).toEqual([
      { kind: 'question', author: ADMIN, text: 'Which ward are you from?' },
      { kind: 'reply', author: email, text: 'Ward 7' },
    ]);
    expect((await person('GET', '/me/export')).json['messages']).toMatchObject([{}, { text: 'Ward 7' }]);
  });

  it('asks nobody who does not wait', async () => {
    await decide('approve');
    expect((await backend.admin('POST', `/users/${id}/messages`, { text: 'Hello?' })).status).toBe(409);
  });
});

describe('messages', () => {
  it('are bounded in length and number', async () => {
    const write = (text: string) => person('POST', `/users/${id}/messages`, { text });
    expect((await write('x'.repeat(2001))).status).toBe(400);
    expect((await write('  ')).status).toBe(400);
    expect((await write('hidden\u202Etext')).json).toMatchObject({
      fields: [{ path: 'text', code: 'control_characters' }],
    });
    for (let at = 0; at < 5; at += 1) {
      expect((await write('x'.repeat(2000))).status).toBe(201);
    }
    expect((await write('one more')).json).toMatchObject({ fields: [{ path: 'text', code: 'too_many' }] });
    await backend.admin('POST', `/users/${id}/messages`, { text: 'Stop.' });
    expect((await write('Sorry')).status).toBe(201);
  });

  it('are for the person and project admins only, and end with the account', async () => {
    await backend.admin('POST', `/users/${id}/messages`, { text: 'Which ward?' });
    const other = await backend.user(`colleague-${count}@clinic.org`, 'org_admin', 'clinic', 100);
    expect((await other('GET', `/users/${id}/messages`)).status).toBe(403);
    expect((await other('POST', `/users/${id}/messages`, { text: 'x' })).status).toBe(403);
    expect((await backend.stranger('GET', `/users/${id}/messages`)).status).toBe(401);
    expect((await backend.admin('DELETE', `/users/${id}`)).status).toBe(200);
    expect((await backend.admin('GET', `/users/${id}/messages`)).status).toBe(404);
  });
});
