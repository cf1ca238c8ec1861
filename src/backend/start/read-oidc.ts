import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { INVITED_ROLES } from '../../contract/invitation-limits.ts';
import { ENVIRONMENT } from '../../contract/environment.ts';
import type { OidcSettings } from '../context/config.ts';
import { StartError } from '../context/start-error.ts';
import { readSecretFile } from './secret-files.ts';

type Get = (name: string) => string | undefined;

const Role = z.enum(INVITED_ROLES);

const wrong = (variable: string, problem: string, cause?: unknown): StartError =>
  new StartError(
    'badConfiguration',
    `${variable} ${problem}.`,
    'Correct the named setting and start again.',
    cause === undefined ? {} : { cause },
  );

const list = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const readIssuer = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:') {
    throw wrong(ENVIRONMENT.oidcIssuer, 'is not an https address');
  }
  return text;
};

const readCa = (path: string | undefined): string | undefined => {
  if (path === undefined) {
    return undefined;
  }
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    throw wrong(ENVIRONMENT.oidcCaFile, 'names a file that cannot be read', error);
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw wrong(ENVIRONMENT.oidcCaFile, 'names a file without a certificate in PEM');
  }
  return pem;
};

const readRoles = (text: string | undefined): OidcSettings['roles'] =>
  list(text).map((entry) => {
    const at = entry.lastIndexOf('=');
    const role = Role.safeParse(entry.slice(at + 1).trim());
    if (at < 1 || !role.success) {
      throw wrong(ENVIRONMENT.oidcRoles, `must read GROUP=ROLE, with a role of ${INVITED_ROLES.join(', ')}`);
    }
    return [entry.slice(0, at).trim(), role.data];
  });

/** Claims by which providers say how somebody logged in (OpenID Connect Core, 2). */
const METHOD = /^(?<claim>amr|acr)=(?<value>\S+)$/;

const readSecondFactor = (text: string | undefined): OidcSettings['secondFactor'] =>
  list(text).map((entry) => {
    const { claim, value } = METHOD.exec(entry)?.groups ?? {};
    if (claim === undefined || value === undefined) {
      throw wrong(ENVIRONMENT.oidcSecondFactor, 'must read amr=VALUE or acr=VALUE, separated by commas');
    }
    return [claim, value];
  });

const readSignUp = (text: string | undefined): boolean => {
  const mode = z.enum(['pending', 'approved']).safeParse(text ?? 'pending');
  if (!mode.success) {
    throw wrong(ENVIRONMENT.oidcSignUp, 'is neither pending nor approved');
  }
  return mode.data === 'approved';
};

/** Reads the settings of single sign-on; undefined without an issuer. @throws StartError `badConfiguration` */
export const readOidc = (get: Get): OidcSettings | undefined => {
  const issuer = get(ENVIRONMENT.oidcIssuer);
  if (issuer === undefined) {
    return undefined;
  }
  const clientId = get(ENVIRONMENT.oidcClientId);
  if (clientId === undefined) {
    throw wrong(ENVIRONMENT.oidcClientId, `is missing beside ${ENVIRONMENT.oidcIssuer}`);
  }
  return {
    issuer: readIssuer(issuer),
    clientId,
    clientSecret: readSecretFile('oidcClientSecret', get),
    ca: readCa(get(ENVIRONMENT.oidcCaFile)),
    roleClaim: get(ENVIRONMENT.oidcRoleClaim) ?? 'groups',
    roles: readRoles(get(ENVIRONMENT.oidcRoles)),
    organizationClaim: get(ENVIRONMENT.oidcOrganizationClaim) ?? '',
    domains: list(get(ENVIRONMENT.oidcDomains)).map((domain) => domain.toLowerCase()),
    secondFactor: readSecondFactor(get(ENVIRONMENT.oidcSecondFactor)),
    approves: readSignUp(get(ENVIRONMENT.oidcSignUp)),
  };
};

/** @throws StartError `badConfiguration` for a value other than on or off, and for off without single sign-on */
export const readLocalPasswords = (get: Get, oidc: OidcSettings | undefined): boolean => {
  const text = get(ENVIRONMENT.localPasswords) ?? 'on';
  if (text !== 'on' && text !== 'off') {
    throw wrong(ENVIRONMENT.localPasswords, 'is neither on nor off');
  }
  if (text === 'off' && oidc === undefined) {
    throw wrong(ENVIRONMENT.localPasswords, `is off without ${ENVIRONMENT.oidcIssuer}`);
  }
  return text === 'on';
};
