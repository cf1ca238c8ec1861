import { z } from 'zod';
import {
  OTHER_PASSPHRASE,
  OTHER_SESSION,
  PASSPHRASE,
  PASSWORD,
  PIN,
  addWebhook,
  addPasskey,
  admin,
  askToJoin,
  backend,
  beginTotp,
  confirmEmail,
  confirmTotp,
  createEnrolmentToken,
  enrolWard,
  failedMessage,
  finishLogIn,
  generateToken,
  ids,
  inFile,
  invite,
  linkForPassword,
  logIn,
  register,
  requestCertificate,
  signUp,
  siteAdmin,
} from './audited-study.ts';

const Ledger = z.object({ kits: z.array(z.object({ serial: z.string() })) });

const Planned = z.object({ plan: z.object({ version: z.string() }) });

/** A state change in the order in which a project meets them, and the audit rows it is to leave. */
export interface Step {
  /** As the API document lists it. */
  readonly operation: string;
  readonly rows: readonly string[];
  readonly ask: () => Promise<{ readonly status: number; readonly json: Readonly<Record<string, unknown>> }>;
  readonly status: number;
  /** Changes the project for this step and those after it. */
  readonly prepare?: () => void;
}

const KIT = ['certificate.issue', 'kit.download'];

export const STEPS: readonly Step[] = [
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
  {
    operation: 'POST /reissue',
    rows: ['project.reissue'],
    ask: async () => {
      const change = { server2: 'other.example.org' };
      const { plan } = Planned.parse((await admin('POST', '/reissue/plan', change)).json);
      return admin('POST', '/reissue', { ...change, version: plan.version });
    },
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
  { operation: 'POST /users', rows: ['user.create'], ask: askToJoin, status: 201 },
  {
    operation: 'POST /users/{id}/objection',
    rows: ['user.object'],
    ask: () => siteAdmin('POST', `/users/${ids.joiner}/objection`, { reason: 'Nobody of ours' }),
    status: 200,
  },
  {
    operation: 'DELETE /users/{id}/objection',
    rows: ['user.withdraw_objection'],
    ask: () => siteAdmin('DELETE', `/users/${ids.joiner}/objection`),
    status: 200,
  },
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
    operation: 'POST /enrolment-tokens',
    rows: ['enrolment_token.create'],
    prepare: () => {
      inFile("update project set target_release = '2.9', ha_mode = 0, server2 = '', overseer = ''");
    },
    ask: createEnrolmentToken,
    status: 201,
  },
  {
    operation: 'POST /enrolments',
    rows: ['client.create', 'request.submit'],
    ask: enrolWard,
    status: 202,
  },
  {
    operation: 'DELETE /enrolment-tokens/{id}',
    rows: ['enrolment_token.end'],
    ask: () => admin('DELETE', `/enrolment-tokens/${ids.enrolmentToken}`),
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
  { operation: 'POST /webhooks', rows: ['webhook.create'], ask: addWebhook, status: 201 },
  {
    operation: 'PATCH /webhooks/{id}',
    rows: ['webhook.change'],
    ask: () => admin('PATCH', `/webhooks/${ids.webhook}`, { state: 'paused' }),
    status: 200,
  },
  {
    operation: 'POST /webhooks/{id}/secret',
    rows: ['webhook.renew_secret'],
    ask: () => admin('POST', `/webhooks/${ids.webhook}/secret`),
    status: 200,
  },
  {
    operation: 'POST /webhooks/{id}/test',
    rows: ['webhook.test'],
    ask: () => admin('POST', `/webhooks/${ids.webhook}/test`),
    status: 200,
  },
  {
    operation: 'DELETE /webhooks/{id}',
    rows: ['webhook.delete'],
    ask: () => admin('DELETE', `/webhooks/${ids.webhook}`),
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
  { operation: 'POST /second-factor/totp', rows: ['second_factor.begin'], ask: beginTotp, status: 200 },
  {
    operation: 'POST /second-factor/totp/confirm',
    rows: ['second_factor.enrol'],
    ask: confirmTotp,
    status: 200,
  },
  { operation: 'POST /login/second-factor', rows: ['session.open'], ask: finishLogIn, status: 200 },
  {
    operation: 'POST /second-factor/passkeys',
    rows: ['second_factor.enrol'],
    ask: addPasskey,
    status: 201,
  },
  {
    operation: 'PATCH /second-factor/passkeys/{id}',
    rows: ['second_factor.rename'],
    ask: () => siteAdmin('PATCH', `/second-factor/passkeys/${ids.passkey}`, { name: 'Blue key' }),
    status: 200,
  },
  {
    operation: 'DELETE /second-factor/passkeys/{id}',
    rows: ['second_factor.remove'],
    ask: () => siteAdmin('DELETE', `/second-factor/passkeys/${ids.passkey}`),
    status: 200,
  },
  {
    operation: 'POST /second-factor/recovery-codes',
    rows: ['second_factor.renew_codes'],
    ask: () => siteAdmin('POST', '/second-factor/recovery-codes'),
    status: 200,
  },
  {
    operation: 'DELETE /second-factor/totp',
    rows: ['second_factor.remove'],
    ask: () => siteAdmin('DELETE', '/second-factor/totp'),
    status: 200,
  },
  { operation: 'POST /second-factor/totp', rows: ['second_factor.begin'], ask: beginTotp, status: 200 },
  {
    operation: 'POST /second-factor/totp/confirm',
    rows: ['second_factor.enrol'],
    ask: confirmTotp,
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
    operation: 'DELETE /users/{id}/second-factor',
    rows: ['second_factor.reset'],
    ask: () => admin('DELETE', `/users/${ids.user}/second-factor`),
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

export const UNSEAL: Step = {
  operation: 'POST /unseal',
  rows: ['authority.unseal'],
  ask: () => admin('POST', '/unseal', { passphrase: OTHER_PASSPHRASE }),
  status: 200,
};
