import { describe, expect, it } from '@jest/globals';
import type { OidcSettings } from '../context/config.ts';
import { personIn } from './claims.ts';

const SETTINGS: OidcSettings = {
  issuer: 'https://id.example.org',
  clientId: 'dashboard',
  clientSecret: undefined,
  ca: undefined,
  roleClaim: 'groups',
  roles: [
    ['site-admins', 'org_admin'],
    ['staff', 'member'],
  ],
  organizationClaim: 'org',
  domains: ['example.org'],
  approves: false,
  secondFactor: [],
};
const CLAIMS = {
  email: 'Ann@Example.org',
  email_verified: true,
  name: 'Ann',
  groups: ['staff'],
  org: 'clinic',
};

describe('personIn', () => {
  it('reads e-mail, name, role and organization', () => {
    expect(personIn(CLAIMS, SETTINGS)).toEqual({
      email: 'Ann@Example.org',
      name: 'Ann',
      role: 'member',
      organization: 'clinic',
    });
  });

  it('takes the role that the settings name first', () => {
    expect(personIn({ ...CLAIMS, groups: ['staff', 'site-admins'] }, SETTINGS).role).toBe('org_admin');
  });

  it('follows dots into objects, unless a claim has that very name', () => {
    const settings = { ...SETTINGS, roleClaim: 'realm_access.roles' };
    const nested = { ...CLAIMS, realm_access: { roles: ['staff'] } };
    expect(personIn(nested, settings).role).toBe('member');
    expect(personIn({ ...nested, 'realm_access.roles': 'site-admins' }, settings).role).toBe('org_admin');
  });

  it.each([
    ['groups', 'unknown'],
    ['groups', 17],
    ['groups', { staff: true }],
    ['org', 'no organization name!'],
    ['org', ['a b']],
    ['name', 'a\u202eb'],
  ])('leaves out %s=%j', (claim, value) => {
    const { role, organization, name } = personIn({ ...CLAIMS, [claim]: value }, SETTINGS);
    expect([role, organization, name]).toContain('');
  });

  it.each([
    ['unverified', { email_verified: false }],
    ['unverified', { email_verified: 'true' }],
    ['unverified', { email: 'no-mail' }],
    ['unverified', { email: undefined }],
    ['domain', { email: 'ann@example.org.evil.test' }],
    ['domain', { email: 'ann@sub.example.org' }],
  ])('refuses as %s: %j', (outcome, change) => {
    expect(() => personIn({ ...CLAIMS, ...change }, SETTINGS)).toThrow(outcome);
  });
});
