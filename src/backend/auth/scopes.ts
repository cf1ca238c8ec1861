import type { Scope } from '../../contract/api/access-token.ts';

/** What an access token must be allowed; `session`: only somebody who logged in may. */
export type NeededScope = Scope | 'session';

/** Operation → scope. */
export const SCOPE_OF = {
  'session.open': 'session',
  'session.close': 'session',
  'session.confirm': 'session',
  'session.list': 'session',
  'tokens.create': 'session',
  'tokens.list': 'read',
  'tokens.list_all': 'read',
  'tokens.revoke': 'session',
  'tokens.revoke_any': 'session',
  'me.read': 'read',
  'events.read': 'read',
  'health.read': 'read',
  'metrics.read': 'read',
  'document.read': 'read',
  'unpacker.read': 'read',
  'project.read': 'read',
  'project.read_full': 'read',
  'project.change': 'write',
  'project.check': 'read',
  'organizations.list': 'read',
  'users.sign_up': 'write',
  'users.create': 'write',
  'invitations.create': 'write',
  'invitations.list': 'read',
  'invitations.revoke': 'write',
  'password.forget': 'write',
  'password.reset': 'session',
  'users.password_link': 'session',
  'email.confirm': 'write',
  'email.ask': 'write',
  'outbox.read': 'read',
  'outbox.change': 'write',
  'mail.test': 'write',
  'users.list': 'read',
  'users.read': 'read',
  'users.change': 'write',
  'users.choose_role': 'write',
  'users.administer': 'write',
  'users.delete': 'write',
  'users.kit': 'kits',
  'clients.create': 'write',
  'clients.list': 'read',
  'clients.read': 'read',
  'clients.read_full': 'read',
  'clients.change': 'write',
  'clients.administer': 'write',
  'clients.delete': 'write',
  'clients.kit': 'kits',
  'requests.submit': 'kits',
  'requests.read': 'read',
  'requests.decide': 'kits',
  'servers.kit': 'kits',
  'overseer.kit': 'kits',
  'kits.list': 'read',
  'names.release': 'write',
  'authority.read': 'read',
  'authority.unseal': 'write',
  'authority.passphrase': 'session',
  'properties.read': 'read',
  'inbox.read': 'read',
  'approvals.decide': 'write',
  'certificates.revoke': 'session',
  'certificates.disabled': 'read',
  'crl.read': 'read',
  'audit.read': 'read',
  'overview.read': 'read',
} as const satisfies Readonly<Record<string, NeededScope>>;

/** @param scopes of the access token; undefined for a session, which is not narrowed. Every scope implies `read`. */
export const isInScope = (scopes: readonly Scope[] | undefined, needed: NeededScope): boolean => {
  if (scopes === undefined) {
    return true;
  }
  return needed === 'read' ? scopes.length > 0 : scopes.some((scope) => scope === needed);
};
