import Database from 'better-sqlite3';
import { join } from 'node:path';
import { z } from 'zod';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';
import { Authenticator } from '../support/authenticator.ts';
import { newKey, openSslRequest } from '../support/certificate-request.ts';
import { mailConfig, startMailSink, tokenIn, type MailSink } from '../support/mail-sink.ts';
import { oathCode } from '../support/oathtool.ts';
import { until } from '../support/until.ts';

export const PASSPHRASE = 'harbour lights';
export const OTHER_PASSPHRASE = 'evening lights';
export const PASSWORD = 'purple-kettle-58';
export const PIN = 'Kit7pin42';
export const SITE_ADMIN = 'site.admin@example.org';
export const GUEST = 'guest@example.org';
export const MINUTE = 60_000;
const ORIGIN = 'https://dashboard.example.org';

const Made = z.object({ id: z.number() });
const Named = z.object({ id: z.string() });

export let backend: Backend;
let sink: MailSink;
export const ids = {
  user: 0,
  joiner: 0,
  client: 0,
  projectToken: '',
  token: '',
  savedView: '',
  invitation: '',
  enrolmentToken: '',
  enrolmentSecret: '',
  webhook: '',
  challenge: '',
  request: '',
  version: '',
  link: '',
  totp: '',
  passkey: '',
};
let owner: Ask;
/** A second session of the site's admin. */
export const OTHER_SESSION = 'other-session';

/** Starts a backend whose steps are audited. */
export const startStudy = async (): Promise<void> => {
  sink = await startMailSink();
  sink.refuse((to) => (to === GUEST ? { code: 550, message: 'no such mailbox' } : undefined));
  backend = await startBackend({
    passphrase: PASSPHRASE,
    mail: mailConfig(sink.port),
    publicUrl: ORIGIN,
  });
  owner = backend.stranger;
};

export const restartStudy = async (): Promise<void> => {
  backend = await backend.restart('');
};

export const stopStudy = (): Promise<void> => backend.close().then(sink.close);

export const file = (): string => join(backend.folder, 'db.sqlite');

type Sender = (ask: Ask, ...request: Parameters<Ask>) => ReturnType<Ask>;
let send: Sender = (ask, ...request) => ask(...request);

/** Has the steps' requests sent in another way. */
export const sendBy = (sender: Sender): void => {
  send = sender;
};

export const admin = (...request: Parameters<Ask>) => send(backend.admin, ...request);
export const siteAdmin = (...request: Parameters<Ask>) => send(owner, ...request);
export const stranger = (...request: Parameters<Ask>) => send(backend.stranger, ...request);

export const signUp = async () => {
  const body = { email: SITE_ADMIN, password: PASSWORD, organization: 'clinic', role: 'org_admin' };
  const response = await stranger('POST', '/users', body);
  ids.user = Made.safeParse(response.json['user']).data?.id ?? ids.user;
  return response;
};

/** Somebody who asks to join the site admin's organization. */
export const askToJoin = async () => {
  const body = { email: 'joiner@example.org', password: PASSWORD, organization: 'clinic', role: 'member' };
  const response = await stranger('POST', '/users', body);
  ids.joiner = Made.safeParse(response.json['user']).data?.id ?? ids.joiner;
  return response;
};

export const askAgain = () =>
  stranger('POST', '/login/ask-again', { challenge: ids.challenge, message: 'We have met.' });

/** Approves the site's admin as shown now. */
export const approve = async () => {
  const { json } = await backend.admin('GET', `/users/${ids.user}`);
  return admin('POST', '/approvals', { decision: 'approve', users: [json['user']] });
};

/** Denies the site's admin, whose refused log-in then gives the challenge to ask again with. */
export const deny = async () => {
  const response = await admin('POST', '/approvals', { decision: 'deny', users: [ids.user] });
  if (response.status === 200) {
    const { json } = await backend.stranger('POST', '/login', { email: SITE_ADMIN, password: PASSWORD });
    ids.challenge = z.string().safeParse(json['challenge']).data ?? ids.challenge;
  }
  return response;
};

export const logIn = async () => {
  const response = await stranger('POST', '/login', { email: SITE_ADMIN, password: PASSWORD });
  const token = response.json['access_token'];
  if (typeof token === 'string') {
    owner = backend.as(token);
    inFile(`insert into session (jti, user_id, created_at, expires_at)
      select '${OTHER_SESSION}', user_id, created_at, expires_at from session where user_id = ${ids.user}`);
    // As after the minute that another link takes.
    inFile("update user set email_asked_at = ''");
  }
  return response;
};

export const register = async () => {
  const response = await siteAdmin('POST', '/clients', { name: 'site-1', organization: 'clinic' });
  ids.client = Made.safeParse(response.json['client']).data?.id ?? ids.client;
  return response;
};

export const saveView = async () => {
  const body = { list: 'users', name: 'Waiting', filters: { state: 'pending' } };
  const response = await siteAdmin('POST', '/saved-views', body);
  ids.savedView = Named.safeParse(response.json['view']).data?.id ?? ids.savedView;
  return response;
};

export const generateToken = async () => {
  const response = await siteAdmin('POST', '/tokens', { name: 'nightly', scopes: ['read'] });
  ids.token = Named.safeParse(response.json['access_token']).data?.id ?? ids.token;
  return response;
};

export const generateProjectToken = async () => {
  const response = await admin('POST', '/project/tokens', { name: 'pipeline', scopes: ['read'] });
  ids.projectToken = Named.safeParse(response.json['project_token']).data?.id ?? ids.projectToken;
  return response;
};

export const invite = async () => {
  const body = { emails: [GUEST], organization: 'clinic', role: 'member' };
  const response = await admin('POST', '/invitations', body);
  ids.invitation = z.array(Named).safeParse(response.json['invitations']).data?.[0]?.id ?? ids.invitation;
  return response;
};

const Requested = z.object({ id: z.string(), version: z.string() });

export const requestCertificate = async () => {
  const csr = openSslRequest(newKey(), `/CN=${SITE_ADMIN}`);
  const body = { request: Buffer.from(csr).toString('base64') };
  const response = await siteAdmin('POST', '/requests', body);
  const made = Requested.safeParse(response.json['request']).data;
  ids.request = made?.id ?? ids.request;
  ids.version = made?.version ?? ids.version;
  return response;
};

export const createEnrolmentToken = async () => {
  const body = { name: 'wards', organization: 'clinic', name_pattern: 'ward-*', uses: 9 };
  const response = await admin('POST', '/enrolment-tokens', body);
  ids.enrolmentToken = Named.safeParse(response.json['enrolment_token']).data?.id ?? ids.enrolmentToken;
  ids.enrolmentSecret = z.string().safeParse(response.json['token']).data ?? ids.enrolmentSecret;
  return response;
};

export const enrolWard = () => {
  const request = Buffer.from(openSslRequest(newKey(), '/CN=ward-1')).toString('base64');
  return send(backend.as(ids.enrolmentSecret), 'POST', '/enrolments', { request });
};

/** The e-mails of the sign-up and of the request for another one. */
const CONFIRMATIONS = 2;

export const confirmEmail = async () => {
  const mails = await until(() => {
    const found = sink.received.filter(
      ({ to, parsed }) => to === SITE_ADMIN && parsed.subject?.includes('confirm') === true,
    );
    return Promise.resolve(found.length < CONFIRMATIONS ? undefined : found);
  });
  return stranger('POST', '/email/confirm', { token: mails.map(tokenIn).at(-1) });
};

/** An endpoint that nothing is behind. */
export const addWebhook = async () => {
  const body = { name: 'endpoint', url: 'https://endpoint.invalid/' };
  const response = await admin('POST', '/webhooks', body);
  ids.webhook = Named.safeParse(response.json['webhook']).data?.id ?? ids.webhook;
  return response;
};

export const failedMessage = (): Promise<string> =>
  until(async () => {
    const { json } = await admin('GET', '/outbox?state=failed');
    return z.array(Named).parse(json['messages'])[0]?.id;
  });

export const linkForPassword = async () => {
  const response = await admin('POST', `/users/${ids.user}/password-link`);
  ids.link = z.string().safeParse(response.json['token']).data ?? ids.link;
  return response;
};

export const beginTotp = async () => {
  const response = await siteAdmin('POST', '/second-factor/totp');
  ids.totp = z.string().safeParse(response.json['secret']).data ?? ids.totp;
  return response;
};

export const confirmTotp = () =>
  siteAdmin('POST', '/second-factor/totp/confirm', { code: oathCode(ids.totp) });

const Options = z.object({ options: z.object({ challenge: z.string() }) });

export const addPasskey = async () => {
  const begun = await siteAdmin('POST', '/second-factor/passkeys/challenge');
  const credential = new Authenticator(ORIGIN).create(Options.parse(begun.json).options);
  const response = await siteAdmin('POST', '/second-factor/passkeys', { name: 'Key', credential });
  ids.passkey = Named.safeParse(response.json['passkey']).data?.id ?? ids.passkey;
  return response;
};

/** With the code of the next step, since each counts once. */
export const finishLogIn = async () => {
  const first = await stranger('POST', '/login', { email: SITE_ADMIN, password: PASSWORD });
  const code = oathCode(ids.totp, new Date(Date.now() + MINUTE / 2));
  return stranger('POST', '/login/second-factor', { challenge: first.json['challenge'], code });
};

/** As someone does who may write the file, but not through the backend. */
export const inFile = (statement: string): void => {
  const db = new Database(file());
  db.exec(statement);
  db.close();
};
