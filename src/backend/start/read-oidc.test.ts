import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readLocalPasswords, readOidc } from './read-oidc.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oidc-'));
  writeFileSync(join(folder, 'secret'), 's3cret\n');
  writeFileSync(join(folder, 'none.pem'), 'no certificate');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const MINIMUM = { NVFL_OIDC_ISSUER: 'https://id.example.org/realms/a', NVFL_OIDC_CLIENT_ID: 'dashboard' };
const read = (more: Readonly<Record<string, string>>) => {
  const all: Readonly<Record<string, string>> = { ...MINIMUM, ...more };
  return readOidc((name) => all[name] ?? undefined);
};

describe('readOidc', () => {
  it('is off without an issuer', () => {
    expect(readOidc(() => undefined)).toBeUndefined();
  });

  it('asks for approval by default, and takes every domain', () => {
    expect(read({})).toMatchObject({ approves: false, domains: [], roles: [], roleClaim: 'groups' });
  });

  it('reads everything', () => {
    expect(
      read({
        NVFL_OIDC_CLIENT_SECRET_FILE: join(folder, 'secret'),
        NVFL_OIDC_ROLE_CLAIM: 'realm_access.roles',
        NVFL_OIDC_ROLES: 'site=admins=org_admin, staff = member',
        NVFL_OIDC_ORGANIZATION_CLAIM: 'org',
        NVFL_OIDC_DOMAINS: 'Example.org, clinic.example',
        NVFL_OIDC_SIGN_UP: 'approved',
        NVFL_OIDC_SECOND_FACTOR: 'amr=mfa, acr=urn:gold',
      }),
    ).toMatchObject({
      clientSecret: 's3cret',
      roleClaim: 'realm_access.roles',
      roles: [
        ['site=admins', 'org_admin'],
        ['staff', 'member'],
      ],
      organizationClaim: 'org',
      domains: ['example.org', 'clinic.example'],
      approves: true,
    });
  });

  it.each([
    ['NVFL_OIDC_ISSUER', 'http://id.example.org'],
    ['NVFL_OIDC_ISSUER', 'id.example.org'],
    ['NVFL_OIDC_ROLES', 'staff'],
    ['NVFL_OIDC_ROLES', 'staff=project_admin'],
    ['NVFL_OIDC_ROLES', '=member'],
    ['NVFL_OIDC_SIGN_UP', 'open'],
    ['NVFL_OIDC_CA_FILE', '/nowhere.pem'],
  ])('refuses %s=%s, naming the variable', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(name);
  });

  it('refuses a file without a certificate, a missing secret file, and a missing client id', () => {
    expect(() => read({ NVFL_OIDC_CA_FILE: join(folder, 'none.pem') })).toThrow('NVFL_OIDC_CA_FILE');
    expect(() => read({ NVFL_OIDC_CLIENT_SECRET_FILE: join(folder, 'gone') })).toThrow('does not exist');
    expect(() => readOidc((name) => (name === 'NVFL_OIDC_ISSUER' ? 'https://a.example' : undefined))).toThrow(
      'NVFL_OIDC_CLIENT_ID',
    );
  });
});

describe('readLocalPasswords', () => {
  it('is on by default, and off only beside a provider', () => {
    expect(readLocalPasswords(() => undefined, undefined)).toBe(true);
    expect(readLocalPasswords(() => 'off', read({}))).toBe(false);
    expect(() => readLocalPasswords(() => 'off', undefined)).toThrow('NVFL_OIDC_ISSUER');
    expect(() => readLocalPasswords(() => 'no', read({}))).toThrow('neither on nor off');
  });
});
