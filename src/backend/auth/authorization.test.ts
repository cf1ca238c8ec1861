import { describe, expect, test } from '@jest/globals';
import type { Principal } from './principal.ts';
import {
  AUTHORIZATION,
  authorize,
  authorizeUser,
  isAllowed,
  RELATIONS,
  type Operation,
} from './authorization.ts';

const ROLES = ['project_admin', 'org_admin', 'lead', 'member', ''] as const;
const APPROVALS = ['pending', 'approved', 'denied'] as const;

const who = (role: Principal['role'], approval: Principal['approval']): Principal => ({
  id: 1,
  email: 'a@example.org',
  role,
  organization: 'one',
  approval,
  mustChangePassword: false,
  passwordChangeRequired: false,
  external: false,
  secondFactor: 'none',
  session: 's',
  scopes: undefined,
  opened: new Date(0),
  used: new Date(0),
  confirmed: new Date(0),
  expires: new Date(0),
});

/** Role, approval, relation, each `*` or its choices; the role without a name is `-`. */
const ADMIN = 'project_admin approved *';
const SIGNED_IN = '* pending|approved *';
const OWN = '* pending|approved own';
const OWN_SITE = 'org_admin pending|approved own';
const ALL = '* * *';

const WANTED: Readonly<Record<Operation, readonly string[]>> = {
  'session.open': [ALL],
  'session.close': [SIGNED_IN],
  'session.confirm': [SIGNED_IN],
  'session.list': [SIGNED_IN],
  'tokens.create': [SIGNED_IN],
  'tokens.list': [SIGNED_IN],
  'tokens.list_all': [ADMIN],
  'tokens.revoke': [SIGNED_IN],
  'tokens.revoke_any': [ADMIN],
  'saved_views.read': [SIGNED_IN],
  'saved_views.change': [SIGNED_IN],
  'project_tokens.list': [ADMIN],
  'project_tokens.create': [ADMIN],
  'project_tokens.revoke': [ADMIN],
  'sso.link': [SIGNED_IN],
  'sso.unlink': [SIGNED_IN],
  'second_factor.read': [SIGNED_IN],
  'second_factor.change': [SIGNED_IN],
  'users.reset_second_factor': ['project_admin approved organization|foreign'],
  'me.export': [SIGNED_IN],
  'me.read': [SIGNED_IN],
  'health.read': [ALL],
  'metrics.read': [ALL],
  'document.read': [ALL],
  'unpacker.read': [ALL],
  'project.read': [ALL],
  'project.read_full': [SIGNED_IN],
  'project.change': [ADMIN],
  'project.check': [ADMIN],
  'reissue.plan': [ADMIN],
  'reissue.apply': [ADMIN],
  'organizations.list': [ALL],
  'organizations.read': [ADMIN, 'org_admin|lead|member approved none'],
  'organizations.change': [ADMIN],
  'organizations.merge': [ADMIN],
  'users.sign_up': [ALL],
  'users.create': [ADMIN],
  'enrolment_tokens.create': [ADMIN],
  'enrolment_tokens.list': [ADMIN],
  'enrolment_tokens.end': [ADMIN],
  'enrolments.submit': [ALL],
  'enrolments.read': [ALL],
  'enroller.read': [ALL],
  'est.read': [ALL],
  'invitations.create': [ADMIN],
  'invitations.list': [ADMIN],
  'invitations.revoke': [ADMIN],
  'password.forget': [ALL],
  'password.reset': [ALL],
  'users.password_link': [ADMIN],
  'email.confirm': [ALL],
  'email.ask': [SIGNED_IN],
  'terms.accept': [SIGNED_IN],
  'outbox.read': [ADMIN],
  'outbox.change': [ADMIN],
  'mail.test': [ADMIN],
  'messages.read': [ADMIN, OWN],
  'messages.write': [ADMIN, OWN],
  'webhooks.read': [ADMIN],
  'webhooks.change': [ADMIN],
  'users.list': [ADMIN, 'org_admin|lead|member approved organization'],
  'users.read': [ADMIN, OWN],
  'users.change': [ADMIN, OWN],
  'users.choose_role': ['* pending own'],
  'users.administer': [ADMIN],
  'users.delete': [ADMIN, OWN],
  'users.object': ['org_admin approved organization'],
  'users.kit': [ADMIN, '* approved own'],
  'clients.create': [ADMIN, 'org_admin pending|approved organization'],
  'clients.list': [ADMIN, 'org_admin|lead|member approved own|organization|foreign', OWN_SITE],
  'clients.read': [ADMIN, 'org_admin|lead|member approved own|organization|foreign', OWN_SITE],
  'clients.read_full': [ADMIN, 'org_admin|lead|member approved own|organization', OWN_SITE],
  'clients.change': [ADMIN, OWN_SITE],
  'clients.administer': [ADMIN],
  'clients.delete': [ADMIN, OWN_SITE],
  'clients.kit': [ADMIN, 'org_admin approved own'],
  'requests.submit': [ADMIN, '* approved own'],
  'requests.read': [ADMIN, '* approved own'],
  'renewals.read': [ADMIN, '* approved own'],
  'requests.decide': [ADMIN],
  'servers.kit': [ADMIN],
  'overseer.kit': [ADMIN],
  'kits.list': [ADMIN],
  'names.release': [ADMIN],
  'certificates.revoke': [ADMIN],
  'certificates.disabled': [ADMIN],
  'crl.read': [ALL],
  'root_ca.read': [ADMIN, 'org_admin|lead|member approved none'],
  'root_ca.unseal': [ADMIN],
  'root_ca.passphrase': [ADMIN],
  'root_ca.prepared': [ADMIN],
  'root_ca.prepare': [ADMIN],
  'root_renewal.plan': [ADMIN],
  'root_renewal.apply': [ADMIN],
  'properties.read': [ADMIN],
  'inbox.read': [ADMIN],
  'approvals.decide': [ADMIN],
  'audit.read': [ADMIN],
  'overview.read': [ADMIN],
  'events.read': [SIGNED_IN],
};

const matches = (pattern: string, cell: readonly string[]): boolean =>
  pattern.split(' ').every((choices, at) => choices === '*' || choices.split('|').includes(cell[at] ?? ''));

const operations = Object.entries(WANTED).map(([name, patterns]) => ({ name, patterns }));
const isOperation = (name: string): name is Operation => name in AUTHORIZATION;

test('every operation of the table is looked at here', () => {
  expect(Object.keys(AUTHORIZATION).sort()).toEqual(Object.keys(WANTED).sort());
});

test.each(operations)(
  '$name is allowed to whom it was promised, and to nobody else',
  ({ name, patterns }) => {
    if (!isOperation(name)) {
      throw new Error(`no such operation: ${name}`);
    }
    for (const relation of RELATIONS) {
      expect(isAllowed(undefined, name, relation)).toBe(patterns.includes(ALL));
      for (const role of ROLES) {
        for (const approval of APPROVALS) {
          const cell = [role === '' ? '-' : role, approval, relation];
          const wanted = patterns.some((pattern) => matches(pattern, cell));
          expect([...cell, isAllowed(who(role, approval), name, relation)]).toEqual([...cell, wanted]);
        }
      }
    }
  },
);

describe('who is refused is told why', () => {
  const wait = {
    code: 'not_approved',
    message: 'Your registration waits for the approval of the project admin.',
  };
  const role = { code: 'unauthorized', message: 'Your role does not allow this.' };
  const stranger = { code: 'unauthenticated', message: 'Log in first.' };
  const refusal = (act: () => unknown): unknown => {
    try {
      act();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test('a stranger is to log in', () => {
    expect(
      refusal(() => {
        authorize(undefined, 'me.read');
      }),
    ).toMatchObject(stranger);
    expect(refusal(() => authorizeUser(undefined, 'me.read'))).toMatchObject(stranger);
    expect(refusal(() => authorizeUser(undefined, 'project.read'))).toMatchObject(stranger);
  });

  test('who waits for approval is told so only where approval would help', () => {
    expect(
      refusal(() => {
        authorize(who('lead', 'pending'), 'root_ca.read');
      }),
    ).toMatchObject(wait);
    expect(
      refusal(() => {
        authorize(who('lead', 'pending'), 'audit.read');
      }),
    ).toMatchObject(role);
    expect(
      refusal(() => {
        authorize(who('lead', 'denied'), 'root_ca.read');
      }),
    ).toMatchObject(role);
    expect(refusal(() => authorizeUser(who('lead', 'pending'), 'clients.read', 'foreign'))).toMatchObject(
      wait,
    );
  });

  test('who is allowed passes, and is given back', () => {
    const lead = who('lead', 'approved');
    expect(authorizeUser(lead, 'root_ca.read')).toBe(lead);
    expect(
      refusal(() => {
        authorize(undefined, 'project.read');
      }),
    ).toBeUndefined();
  });
});
