import { pngOf } from '../support/picture.ts';
import {
  OTHER_SESSION,
  addWebhook,
  addPasskey,
  admin,
  beginTotp,
  confirmTotp,
  finishLogIn,
  ids,
  inFile,
  linkForPassword,
  siteAdmin,
  stranger,
} from './audited-study.ts';
import type { Step } from './audit-steps.ts';

/** The later changes: of other systems, of people and of their factors. */
export const LATER_STEPS: readonly Step[] = [
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
    ask: () => stranger('POST', '/password/forgot', { email: 'nobody@example.org' }),
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
    ask: () => stranger('POST', '/password/reset', { token: ids.link, password: 'yellow-kettle-59' }),
    status: 200,
  },
  {
    operation: 'DELETE /users/{id}/second-factor',
    rows: ['second_factor.reset'],
    ask: () => admin('DELETE', `/users/${ids.user}/second-factor`),
    status: 200,
  },
  {
    operation: 'POST /organizations',
    rows: ['organization.create'],
    ask: () => admin('POST', '/organizations', { display_name: 'Hospital of the North' }),
    status: 201,
  },
  {
    operation: 'PATCH /organizations/by-name/{name}',
    rows: ['organization.rename', 'organization.change'],
    ask: () =>
      admin('PATCH', '/organizations/by-name/Hospital_of_the_North', {
        name: 'North',
        display_name: 'North',
      }),
    status: 200,
  },
  {
    operation: 'POST /organizations/by-name/{name}/merge',
    rows: ['organization.merge'],
    ask: () => admin('POST', '/organizations/by-name/North/merge', { into: 'nvidia' }),
    status: 200,
  },
  {
    operation: 'PUT /project/logo',
    rows: ['project.change'],
    ask: () => admin('PUT', '/project/logo', { content: pngOf(4, 4).toString('base64') }),
    status: 200,
  },
  {
    operation: 'DELETE /project/logo',
    rows: ['project.change'],
    ask: () => admin('DELETE', '/project/logo'),
    status: 200,
  },
  {
    operation: 'POST /terms',
    rows: ['user.accept_terms'],
    prepare: () => {
      inFile("update project set terms = 'Be careful.', terms_version = '1'");
    },
    ask: () => admin('POST', '/terms', { version: '1' }),
    status: 200,
  },
  {
    operation: 'DELETE /sso/link',
    rows: ['sso.unlink'],
    prepare: () => {
      inFile(`insert or ignore into identity (issuer, subject, user_id, created_at)
        select 'https://id.example.org', 'one', id, created_at from user where email = 'admin@example.org'`);
    },
    ask: () => admin('DELETE', '/sso/link'),
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
