import { approvalOf } from '../../contract/approval.ts';
import { isRole } from '../../contract/roles.ts';
import { ACCESS_TOKEN, isSameHash } from './bearer-secret.ts';
import type { Principal } from './principal.ts';
import { projectTokenPrincipalOf } from './project-token.ts';
import type { Database } from '../store/database.ts';
import { accessTokenUser, type AccessTokenUser } from '../store/access-tokens.ts';
import { projectTokenById } from '../store/project-tokens.ts';
import { storedScopes } from '../store/stored-scopes.ts';
import { sessionUser, type SessionUser } from '../store/sessions.ts';
import { PASSWORD_CHANGE } from '../store/users.ts';
import { fromTimestamp } from '../store/timestamp.ts';
import { demandsFactor } from './second-factor-rule.ts';
import { readToken, type TokenIssuer } from './session-token.ts';

/**
 * Gives the principal a session's or access token belongs to, as the database has it now; undefined for a bad or expired token, an ended
 * session, a deleted or denied user.
 */
export type Identify = (token: string, now: Date) => Promise<Principal | undefined>;

const MAX_KNOWN = 1000;

/** The provider asks for a second factor of its own. */
const secondFactorOf = (found: SessionUser): Principal['secondFactor'] => {
  if (found.id_token !== '') {
    return 'none';
  }
  if (found.passkey !== null || (found.factor_since !== null && found.factor_since !== '')) {
    return 'enrolled';
  }
  return demandsFactor(found.second_factor ?? '', found.role) ? 'required' : 'none';
};

/** Reads a stored session as a principal; undefined when it has expired or its user is denied. */
export const principalOf = (found: SessionUser, now: Date): Principal | undefined => {
  const expires = fromTimestamp(found.expires_at);
  const approval = approvalOf(found.approval_state);
  if (expires <= now || approval === 'denied') {
    return undefined;
  }
  return {
    id: found.id,
    email: found.email,
    role: isRole(found.role) ? found.role : '',
    organization: found.organization,
    approval,
    mustChangePassword: found.must_change_password !== PASSWORD_CHANGE.none,
    passwordChangeRequired: found.must_change_password === PASSWORD_CHANGE.required && found.id_token === '',
    secondFactor: secondFactorOf(found),
    external: found.id_token !== '',
    session: found.jti,
    scopes: undefined,
    opened: fromTimestamp(found.opened_at),
    used: fromTimestamp(found.used_at),
    confirmed: fromTimestamp(found.confirmed_at),
    expires,
  };
};

/** Reads an access token as a principal; undefined when it has expired or its owner is denied. */
export const tokenPrincipalOf = (found: AccessTokenUser, now: Date): Principal | undefined => {
  const session = {
    jti: found.token,
    confirmed_at: '',
    id_token: '',
    factor_since: null,
    passkey: null,
    second_factor: null,
    ...found,
  };
  const principal = principalOf(session, now);
  return principal === undefined ? undefined : { ...principal, scopes: storedScopes(found.scopes) };
};

const look = async (
  db: Database,
  issuer: TokenIssuer,
  token: string,
  now: Date,
): Promise<Principal | undefined> => {
  const accessToken = ACCESS_TOKEN.read(token);
  if (accessToken !== undefined) {
    const { id, hash } = accessToken;
    const found = await accessTokenUser(db.reader, id);
    if (found !== undefined) {
      return isSameHash(found.secret_sha256, hash) ? tokenPrincipalOf(found, now) : undefined;
    }
    const service = await projectTokenById(db.reader, id);
    return service !== undefined && isSameHash(service.secret_sha256, hash)
      ? projectTokenPrincipalOf(service, now)
      : undefined;
  }
  const claims = readToken(issuer, token, now);
  if (claims === undefined) {
    return undefined;
  }
  const found = await sessionUser(db.reader, claims.jti);
  return found?.email === claims.sub ? principalOf(found, now) : undefined;
};

/**
 * Looks tokens up. A token's principal is remembered until the database changes in any way, where the engine can
 * tell; so a role, approval or log-out counts from the next request on.
 *
 * @param issuer of the session tokens
 */
export const identifier = (db: Database, issuer: TokenIssuer): Identify => {
  const { version } = db;
  if (version === undefined) {
    return (token, now) => look(db, issuer, token, now);
  }
  const known = new Map<string, Principal>();
  let knownAt = '';
  return async (token, now) => {
    const before = version();
    if (before !== knownAt || known.size >= MAX_KNOWN) {
      known.clear();
    }
    knownAt = before;
    const remembered = known.get(token);
    if (remembered !== undefined) {
      return remembered.expires > now ? remembered : undefined;
    }
    const found = await look(db, issuer, token, now);
    if (found !== undefined && knownAt === before && version() === before) {
      known.set(token, found);
    }
    return found;
  };
};
