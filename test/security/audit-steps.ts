import { z } from 'zod';
import {
  OTHER_PASSPHRASE,
  PASSPHRASE,
  PASSWORD,
  PIN,
  admin,
  approve,
  askAgain,
  askToJoin,
  confirmEmail,
  createEnrolmentToken,
  enrolWard,
  deny,
  failedMessage,
  generateProjectToken,
  generateToken,
  saveView,
  ids,
  inFile,
  invite,
  logIn,
  register,
  requestCertificate,
  signUp,
  siteAdmin,
} from './audited-study.ts';
import { RENEWAL_STEP, ROOT_STEPS } from './audit-root-steps.ts';
import { LATER_STEPS } from './later-audit-steps.ts';

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
  ...ROOT_STEPS,
  {
    operation: 'PATCH /project',
    rows: ['project.freeze'],
    ask: () => admin('PATCH', '/project', { frozen: true }),
    status: 200,
  },
  RENEWAL_STEP,
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
    operation: 'POST /users/{id}/messages',
    rows: ['user.ask_question'],
    ask: () => admin('POST', `/users/${ids.user}/messages`, { text: 'Which ward?' }),
    status: 201,
  },
  {
    operation: 'POST /approvals',
    rows: ['user.deny', 'session.refuse'],
    ask: deny,
    status: 200,
  },
  {
    operation: 'POST /login/ask-again',
    rows: ['user.ask_again'],
    ask: askAgain,
    status: 200,
  },
  {
    operation: 'POST /approvals',
    rows: ['user.approve'],
    ask: approve,
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
  { operation: 'POST /saved-views', rows: ['saved_view.create'], ask: saveView, status: 201 },
  {
    operation: 'DELETE /saved-views/{id}',
    rows: ['saved_view.delete'],
    ask: () => siteAdmin('DELETE', `/saved-views/${ids.savedView}`),
    status: 200,
  },
  { operation: 'POST /tokens', rows: ['token.create'], ask: generateToken, status: 201 },
  {
    operation: 'DELETE /tokens/{id}',
    rows: ['token.revoke'],
    ask: () => siteAdmin('DELETE', `/tokens/${ids.token}`),
    status: 200,
  },
  {
    operation: 'POST /project/tokens',
    rows: ['project_token.create'],
    ask: generateProjectToken,
    status: 201,
  },
  {
    operation: 'DELETE /project/tokens/{id}',
    rows: ['project_token.revoke'],
    ask: () => admin('DELETE', `/project/tokens/${ids.projectToken}`),
    status: 200,
  },
  { operation: 'POST /invitations', rows: ['invitation.create'], ask: invite, status: 201 },
  {
    operation: 'POST /invitations/import',
    rows: ['invitation.create', 'invitation.create'],
    ask: () =>
      admin('POST', '/invitations/import', {
        csv: 'email,organization,role\ntable-1@clinic.org,clinic,lead\ntable-2@clinic.org,clinic,member\n',
      }),
    status: 200,
  },
  {
    operation: 'POST /clients/import',
    rows: ['client.create', 'client.create'],
    ask: () => siteAdmin('POST', '/clients/import', { csv: 'name\ntable-site-1\ntable-site-2\n' }),
    status: 200,
  },
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
  ...LATER_STEPS,
];

export const UNSEAL: Step = {
  operation: 'POST /unseal',
  rows: ['authority.unseal'],
  ask: () => admin('POST', '/unseal', { passphrase: OTHER_PASSPHRASE }),
  status: 200,
};
