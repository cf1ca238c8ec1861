import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { mailConfig, startMailSink, tokenIn, type MailSink } from '../support/mail-sink.ts';
import { until } from '../support/until.ts';
import { auditRows, databaseContent } from './database-content.ts';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';
import { readApiDocument } from '../api/document.ts';
import { newKey, openSslRequest } from '../support/certificate-request.ts';

const PASSPHRASE = 'harbour lights';
const OTHER_PASSPHRASE = 'evening lights';
const PASSWORD = 'purple-kettle-58';
const PIN = 'Kit7pin42';
const SITE_ADMIN = 'site.admin@example.org';
const GUEST = 'guest@example.org';
const MINUTE = 60_000;

const Ledger = z.object({ kits: z.array(z.object({ serial: z.string() })) });
const Made = z.object({ id: z.number() });
const Named = z.object({ id: z.string() });

/** A state change in the order in which a project meets them, and the audit rows it is to leave. */
interface Step {
  /** As the API document lists it. */
  readonly operation: string;
  readonly rows: readonly string[];
  readonly ask: () => Promise<{ readonly status: number; readonly json: Readonly<Record<string, unknown>> }>;
  readonly status: number;
}

/** Changes nothing that stays. */
const WITHOUT_CHANGE = ['POST /project/checks', 'POST /invitations/check'];

let backend: Backend;
let sink: MailSink;
const ids = { user: 0, client: 0, token: '', invitation: '', request: '', version: '', link: '' };
let siteAdmin: Ask;
/** A second session of the site's admin. */
const OTHER_SESSION = 'other-session';

beforeAll(async () => {
  sink = await startMailSink();
  sink.refuse((to) => (to === GUEST ? { code: 550, message: 'no such mailbox' } : undefined));
  backend = await startBackend({ passphrase: PASSPHRASE, mail: mailConfig(sink.port) });
  siteAdmin = backend.stranger;
}, MINUTE);
afterAll(() => backend.close().then(sink.close));

const file = (): string => join(backend.folder, 'db.sqlite');

const admin = (...request: Parameters<Ask>) => backend.admin(...request);

const signUp = async () => {
  const body = { email: SITE_ADMIN, password: PASSWORD, organization: 'clinic', role: 'org_admin' };
  const response = await backend.stranger('POST', '/users', body);
  ids.user = Made.safeParse(response.json['user']).data?.id ?? ids.user;
  return response;
};

const logIn = async () => {
  const response = await backend.stranger('POST', '/login', { email: SITE_ADMIN, password: PASSWORD });
  const token = response.json['access_token'];
  if (typeof token === 'string') {
    siteAdmin = backend.as(token);
    inFile(`insert into session (jti, user_id, created_at, expires_at)
      select '${OTHER_SESSION}', user_id, created_at, expires_at from session where user_id = ${ids.user}`);
    // As after the minute that another link takes.
    inFile("update user set email_asked_at = ''");
  }
  return response;
};

const register = async () => {
  const response = await siteAdmin('POST', '/clients', { name: 'site-1', organization: 'clinic' });
  ids.client = Made.safeParse(response.json['client']).data?.id ?? ids.client;
  return response;
};

const generateToken = async () => {
  const response = await siteAdmin('POST', '/tokens', { name: 'nightly', scopes: ['read'] });
  ids.token = Named.safeParse(response.json['access_token']).data?.id ?? ids.token;
  return response;
};

const invite = async () => {
  const body = { emails: [GUEST], organization: 'clinic', role: 'member' };
  const response = await admin('POST', '/invitations', body);
  ids.invitation = z.array(Named).safeParse(response.json['invitations']).data?.[0]?.id ?? ids.invitation;
  return response;
};

const Requested = z.object({ id: z.string(), version: z.string() });

const requestCertificate = async () => {
  const csr = openSslRequest(newKey(), `/CN=${SITE_ADMIN}`);
  const body = { request: Buffer.from(csr).toString('base64') };
  const response = await siteAdmin('POST', '/requests', body);
  const made = Requested.safeParse(response.json['request']).data;
  ids.request = made?.id ?? ids.request;
  ids.version = made?.version ?? ids.version;
  return response;
};

/** The e-mails of the sign-up and of the request for another one. */
const CONFIRMATIONS = 2;

const confirmEmail = async () => {
  const mails = await until(() => {
    const found = sink.received.filter(
      ({ to, parsed }) => to === SITE_ADMIN && parsed.subject?.includes('confirm') === true,
    );
    return Promise.resolve(found.length < CONFIRMATIONS ? undefined : found);
  });
  return backend.stranger('POST', '/email/confirm', { token: mails.map(tokenIn).at(-1) });
};

const failedMessage = (): Promise<string> =>
  until(async () => {
    const { json } = await admin('GET', '/outbox?state=failed');
    return z.array(Named).parse(json['messages'])[0]?.id;
  });

const linkForPassword = async () => {
  const response = await admin('POST', `/users/${ids.user}/password-link`);
  ids.link = z.string().safeParse(response.json['token']).data ?? ids.link;
  return response;
};

const KIT = ['certificate.issue', 'kit.download'];

const STEPS: readonly Step[] = [
  {
    operation: 'PATCH /project',
    rows: ['project.change'],
    ask: () =>
      admin('PATCH', '/project', {
        short_name: 'audited',
        server1: 'server.example.org',
        key_bits: 2048,
        public: true,
        ha_mode: true,
        target_release: '2.6',
        server2: 'second.example.org',
        overseer: 'overseer.example.org',
      }),
    status: 200,
  },
  {
    operation: 'PATCH /project',
    rows: ['project.freeze'],
    ask: () => admin('PATCH', '/project', { frozen: true }),
    status: 200,
  },
  { operation: 'POST /users', rows: ['user.create'], ask: signUp, status: 201 },
  {
    operation: 'POST /approvals',
    rows: ['user.approve'],
    ask: () => admin('POST', '/approvals', { decision: 'approve', users: [ids.user] }),
    status: 200,
  },
  { operation: 'POST /login', rows: ['session.open'], ask: logIn, status: 200 },
  {
    operation: 'POST /email/confirmation',
    rows: ['user.ask_to_confirm'],
    ask: () => siteAdmin('POST', '/email/confirmation'),
    status: 200,
  },
  { operation: 'POST /email/confirm', rows: ['user.confirm_email'], ask: confirmEmail, status: 200 },
  { operation: 'POST /clients', rows: ['client.create'], ask: register, status: 201 },
  {
    operation: 'PATCH /clients/{id}',
    rows: ['client.approve'],
    ask: () => admin('PATCH', `/clients/${ids.client}`, { approval_state: 100 }),
    status: 200,
  },
  {
    operation: 'PATCH /users/{id}',
    rows: ['user.change'],
    ask: () => siteAdmin('PATCH', `/users/${ids.user}`, { name: 'Site admin' }),
    status: 200,
  },
  {
    operation: 'POST /servers/{id}/blob',
    rows: KIT,
    ask: () => admin('POST', '/servers/1/blob', {}),
    status: 200,
  },
  {
    operation: 'POST /overseer/blob',
    rows: KIT,
    ask: () => admin('POST', '/overseer/blob', {}),
    status: 200,
  },
  {
    operation: 'POST /clients/{id}/blob',
    rows: KIT,
    ask: () => siteAdmin('POST', `/clients/${ids.client}/blob`, {}),
    status: 200,
  },
  {
    operation: 'POST /users/{id}/blob',
    rows: KIT,
    ask: () => siteAdmin('POST', `/users/${ids.user}/blob`, { pin: PIN }),
    status: 200,
  },
  { operation: 'POST /requests', rows: ['request.submit'], ask: requestCertificate, status: 201 },
  {
    operation: 'POST /requests/{id}/approve',
    rows: ['certificate.issue', 'request.approve'],
    ask: () => admin('POST', `/requests/${ids.request}/approve`, { version: ids.version }),
    status: 200,
  },
  { operation: 'POST /requests', rows: ['request.submit'], ask: requestCertificate, status: 201 },
  {
    operation: 'POST /requests/{id}/reject',
    rows: ['request.reject'],
    ask: () =>
      admin('POST', `/requests/${ids.request}/reject`, { version: ids.version, reason: 'Wrong machine' }),
    status: 200,
  },
  {
    operation: 'POST /certificates/revoke',
    rows: ['certificate.revoke', 'client.reset'],
    ask: async () => {
      const { kits } = Ledger.parse((await admin('GET', '/kits?q=site-1')).json);
      return admin('POST', '/certificates/revoke', {
        serials: kits.map(({ serial }) => serial),
        reason: 'keyCompromise',
      });
    },
    status: 200,
  },
  {
    operation: 'POST /names/release',
    rows: ['name.release'],
    ask: () => admin('POST', '/names/release', { name: 'site-1' }),
    status: 200,
  },
  {
    operation: 'POST /passphrase',
    rows: ['authority.passphrase'],
    ask: () => admin('POST', '/passphrase', { current: PASSPHRASE, passphrase: OTHER_PASSPHRASE }),
    status: 200,
  },
  {
    operation: 'POST /sessions/confirm',
    rows: ['session.confirm'],
    ask: () => siteAdmin('POST', '/sessions/confirm', { password: PASSWORD }),
    status: 200,
  },
  { operation: 'POST /tokens', rows: ['token.create'], ask: generateToken, status: 201 },
  {
    operation: 'DELETE /tokens/{id}',
    rows: ['token.revoke'],
    ask: () => siteAdmin('DELETE', `/tokens/${ids.token}`),
    status: 200,
  },
  { operation: 'POST /invitations', rows: ['invitation.create'], ask: invite, status: 201 },
  {
    operation: 'POST /outbox/{id}/retry',
    rows: ['message.retry'],
    ask: async () => admin('POST', `/outbox/${await failedMessage()}/retry`),
    status: 200,
  },
  {
    operation: 'DELETE /outbox/{id}',
    rows: ['message.discard'],
    ask: async () => admin('DELETE', `/outbox/${await failedMessage()}`),
    status: 200,
  },
  {
    operation: 'POST /mail/test',
    rows: ['mail.test'],
    ask: () => admin('POST', '/mail/test', { email: 'somebody@example.org' }),
    status: 200,
  },
  {
    operation: 'POST /password/forgot',
    rows: ['user.forget_password'],
    ask: () => backend.stranger('POST', '/password/forgot', { email: 'nobody@example.org' }),
    status: 200,
  },
  {
    operation: 'POST /invitations/{id}/renew',
    rows: ['invitation.renew'],
    ask: () => admin('POST', `/invitations/${ids.invitation}/renew`, {}),
    status: 200,
  },
  {
    operation: 'DELETE /invitations/{id}',
    rows: ['invitation.revoke'],
    ask: () => admin('DELETE', `/invitations/${ids.invitation}`),
    status: 200,
  },
  {
    operation: 'DELETE /sessions/{id}',
    rows: ['session.close'],
    ask: () => siteAdmin('DELETE', `/sessions/${OTHER_SESSION}`),
    status: 200,
  },
  {
    operation: 'DELETE /sessions',
    rows: ['session.close_others'],
    ask: () => siteAdmin('DELETE', '/sessions'),
    status: 200,
  },
  {
    operation: 'POST /logout',
    rows: ['session.close'],
    ask: () => siteAdmin('POST', '/logout'),
    status: 200,
  },
  {
    operation: 'POST /users/{id}/password-link',
    rows: ['user.password_link'],
    ask: linkForPassword,
    status: 201,
  },
  {
    operation: 'POST /password/reset',
    rows: ['user.choose_password'],
    ask: () => backend.stranger('POST', '/password/reset', { token: ids.link, password: 'yellow-kettle-59' }),
    status: 200,
  },
  {
    operation: 'DELETE /clients/{id}',
    rows: ['client.delete'],
    ask: () => admin('DELETE', `/clients/${ids.client}`),
    status: 200,
  },
  {
    operation: 'DELETE /users/{id}',
    rows: ['user.delete'],
    ask: () => admin('DELETE', `/users/${ids.user}`),
    status: 200,
  },
];

const UNSEAL: Step = {
  operation: 'POST /unseal',
  rows: ['authority.unseal'],
  ask: () => admin('POST', '/unseal', { passphrase: OTHER_PASSPHRASE }),
  status: 200,
};

const lastRow = (): number => auditRows(file(), 0).at(-1)?.id ?? 0;

/** As someone does who may write the file, but not through the backend. */
const inFile = (statement: string): void => {
  const db = new Database(file());
  db.exec(statement);
  db.close();
};

/** Does the step with an audit log that takes nothing, then with a sound one. */
const tryStep = async ({ operation, ask, rows, status }: Step): Promise<void> => {
  inFile("create trigger no_audit before insert on audit begin select raise(abort, 'no audit'); end");
  const before = databaseContent(file());
  const failed = await ask();
  expect([operation, failed.status, JSON.stringify(failed.json)]).toEqual([
    operation,
    500,
    expect.not.stringContaining('no audit'),
  ]);
  expect([operation, databaseContent(file())]).toEqual([operation, before]);
  inFile('drop trigger no_audit');
  const last = lastRow();
  const done = await ask();
  expect([operation, done.status]).toEqual([operation, status]);
  expect([operation, auditRows(file(), last).map(({ action }) => action)]).toEqual([operation, rows]);
};

describe('the audit log', () => {
  it('knows every operation that changes something', async () => {
    const { operations } = await readApiDocument(backend.url);
    const changing = operations
      .filter((operation) => !operation.startsWith('GET ') && operation.includes(' /api/v1/'))
      .map((operation) => operation.replace('/api/v1', ''))
      .filter((operation) => !WITHOUT_CHANGE.includes(operation));
    const tried = new Set([...STEPS, UNSEAL].map(({ operation }) => operation));
    expect([...tried].sort()).toEqual([...new Set(changing)].sort());
  });

  it(
    'takes its rows with each change, and a change that it cannot take is undone',
    async () => {
      for (const step of STEPS) {
        await tryStep(step);
      }
      backend = await backend.restart('');
      await tryStep(UNSEAL);
      process.stdout.write(
        `audit: ${STEPS.length + 1} kinds of changes, 0 without their rows, 0 half done\n`,
      );
    },
    4 * MINUTE,
  );

  it('holds no secret', () => {
    const db = new Database(file(), { readonly: true });
    const text = JSON.stringify(db.prepare('select * from audit').all());
    db.close();
    for (const secret of [
      PASSPHRASE,
      OTHER_PASSPHRASE,
      PASSWORD,
      PIN,
      'PRIVATE KEY',
      'correct-horse-battery',
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('shows a changed and a removed row', async () => {
    const intact = async () => (await admin('GET', '/audit?limit=1')).json['intact'];
    expect(await intact()).toBe(true);
    inFile("update audit set target = target || '?' where id = 3");
    expect(await intact()).toBe(false);
    inFile("update audit set target = rtrim(target, '?') where id = 3");
    expect(await intact()).toBe(true);
    inFile('delete from audit where id = 5');
    expect(await intact()).toBe(false);
  });
});
