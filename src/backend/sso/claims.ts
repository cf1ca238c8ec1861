import { z } from 'zod';
import { Email, OrganizationName } from '../../contract/names.ts';
import { hasHiddenCharacters } from '../../contract/free-text.ts';
import type { OidcSettings } from '../context/config.ts';
import { SsoError } from './sso-error.ts';

type Claims = Readonly<Record<string, unknown>>;

const Node = z.record(z.string(), z.unknown());
const MAX_NAME = 128;

/** Values of a claim as texts; dots lead into objects, a claim of that very name comes first. */
const valuesOf = (claims: Claims, name: string): readonly string[] => {
  const nested = name.split('.').reduce<unknown>((value, key) => Node.safeParse(value).data?.[key], claims);
  const found = claims[name] ?? nested;
  const list: readonly unknown[] = Array.isArray(found) ? found : [found];
  return list.filter((value) => typeof value === 'string');
};

/**
 * Returns whether a log-in at the provider counts as one with a second factor: always, unless the operator named the
 * claims that prove it.
 *
 * @param claims of the ID token
 */
export const hasSecondFactor = (claims: Claims, { secondFactor }: OidcSettings): boolean =>
  secondFactor.length === 0 || secondFactor.some(([claim, value]) => valuesOf(claims, claim).includes(value));

/** Somebody new, as the claims describe them; role and organization are empty where the claims say nothing. */
export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly organization: string;
}

/**
 * Reads whom the claims describe.
 *
 * @throws SsoError `unverified` without an e-mail that the provider has verified, `domain` for one of another domain
 */
export const personIn = (claims: Claims, settings: OidcSettings): NewPerson => {
  const [sent = ''] = valuesOf(claims, 'email');
  const email = Email.safeParse(sent);
  if (claims['email_verified'] !== true || !email.success) {
    throw new SsoError('unverified');
  }
  const domain = email.data.slice(email.data.lastIndexOf('@') + 1).toLowerCase();
  if (settings.domains.length > 0 && !settings.domains.includes(domain)) {
    throw new SsoError('domain');
  }
  const groups = valuesOf(claims, settings.roleClaim);
  const [organization = ''] =
    settings.organizationClaim === '' ? [] : valuesOf(claims, settings.organizationClaim);
  const [name = ''] = valuesOf(claims, 'name');
  return {
    email: email.data,
    name: hasHiddenCharacters(name) ? '' : name.slice(0, MAX_NAME),
    role: settings.roles.find(([group]) => groups.includes(group))?.[1] ?? '',
    organization: OrganizationName.safeParse(organization).data ?? '',
  };
};
