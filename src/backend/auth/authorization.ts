import { ApiError } from '../../contract/errors.ts';
import type { Role } from '../../contract/roles.ts';
import type { Principal } from './principal.ts';
import { isInScope, SCOPE_OF, type NeededScope } from './scopes.ts';

/**
 * Relation of the requester to the object of the operation:
 * `own` (the user's own account, or a site the user registered), `organization` (of the same organization),
 * `foreign` (of another one), `none` (the operation is about no single thing).
 */
export const RELATIONS = ['own', 'organization', 'foreign', 'none'] as const;
export type Relation = (typeof RELATIONS)[number];

type Who = Role | 'unfinished';
interface Grant {
  readonly roles: readonly Who[];
  readonly approvals: readonly ('pending' | 'approved')[];
  readonly relations: readonly Relation[];
}

const EVERY_ROLE = ['project_admin', 'org_admin', 'lead', 'member', 'unfinished'] as const;
const PARTICIPANTS = ['org_admin', 'lead', 'member'] as const;
const APPROVED = ['approved'] as const;
const ANY_APPROVAL = ['pending', 'approved'] as const;

const admin: Grant = { roles: ['project_admin'], approvals: APPROVED, relations: RELATIONS };
const signedIn: Grant = { roles: EVERY_ROLE, approvals: ANY_APPROVAL, relations: RELATIONS };
const ownAccount: Grant = { roles: EVERY_ROLE, approvals: ANY_APPROVAL, relations: ['own'] };
const ownSite: Grant = { roles: ['org_admin'], approvals: ANY_APPROVAL, relations: ['own'] };
const approvedIn = (...relations: readonly Relation[]): Grant => ({
  roles: PARTICIPANTS,
  approvals: APPROVED,
  relations,
});

const ANYONE = 'anyone';

/**
 * Who may do what: operation → grants, any of which suffices. Not listed means not allowed.
 * Denied users never get here, their tokens count for nothing.
 */
export const AUTHORIZATION = {
  'session.open': ANYONE,
  'session.close': [signedIn],
  'session.confirm': [signedIn],
  'session.list': [signedIn],
  'tokens.create': [signedIn],
  'tokens.list': [signedIn],
  'tokens.list_all': [admin],
  'tokens.revoke': [signedIn],
  'tokens.revoke_any': [admin],
  'saved_views.read': [signedIn],
  'saved_views.change': [signedIn],
  'project_tokens.list': [admin],
  'project_tokens.create': [admin],
  'project_tokens.revoke': [admin],
  'sso.link': [signedIn],
  'sso.unlink': [signedIn],
  'second_factor.read': [signedIn],
  'second_factor.change': [signedIn],
  'me.export': [signedIn],
  'me.read': [signedIn],
  'health.read': ANYONE,
  'metrics.read': ANYONE,
  'document.read': ANYONE,
  'unpacker.read': ANYONE,
  'project.read': ANYONE,
  'project.read_full': [signedIn],
  'project.change': [admin],
  'project.check': [admin],
  'reissue.plan': [admin],
  'reissue.apply': [admin],
  'organizations.list': ANYONE,
  'organizations.read': [admin, approvedIn('none')],
  'organizations.change': [admin],
  'organizations.merge': [admin],
  'users.sign_up': ANYONE,
  'users.create': [admin],
  'invitations.create': [admin],
  'invitations.list': [admin],
  'invitations.revoke': [admin],
  'password.forget': ANYONE,
  'password.reset': ANYONE,
  'users.password_link': [admin],
  'email.confirm': ANYONE,
  'email.ask': [signedIn],
  'terms.accept': [signedIn],
  'outbox.read': [admin],
  'outbox.change': [admin],
  'mail.test': [admin],
  'messages.read': [admin, ownAccount],
  'messages.write': [admin, ownAccount],
  'webhooks.read': [admin],
  'webhooks.change': [admin],
  'users.list': [admin, approvedIn('organization')],
  'users.read': [admin, ownAccount],
  'users.change': [admin, ownAccount],
  'users.choose_role': [{ roles: EVERY_ROLE, approvals: ['pending'], relations: ['own'] }],
  'users.administer': [admin],
  'users.object': [{ roles: ['org_admin'], approvals: APPROVED, relations: ['organization'] }],
  'users.delete': [admin, ownAccount],
  'users.reset_second_factor': [{ ...admin, relations: ['organization', 'foreign'] }],
  'users.kit': [admin, { roles: EVERY_ROLE, approvals: APPROVED, relations: ['own'] }],
  'clients.create': [admin, { roles: ['org_admin'], approvals: ANY_APPROVAL, relations: ['organization'] }],
  'clients.list': [admin, approvedIn('own', 'organization', 'foreign'), ownSite],
  'clients.read': [admin, approvedIn('own', 'organization', 'foreign'), ownSite],
  'clients.read_full': [admin, approvedIn('own', 'organization'), ownSite],
  'clients.change': [admin, ownSite],
  'clients.administer': [admin],
  'clients.delete': [admin, ownSite],
  'clients.kit': [admin, { roles: ['org_admin'], approvals: APPROVED, relations: ['own'] }],
  'requests.submit': [admin, { roles: EVERY_ROLE, approvals: APPROVED, relations: ['own'] }],
  'requests.read': [admin, { roles: EVERY_ROLE, approvals: APPROVED, relations: ['own'] }],
  'requests.decide': [admin],
  'enrolment_tokens.create': [admin],
  'enrolment_tokens.list': [admin],
  'enrolment_tokens.end': [admin],
  // An enrolment token counts here, which services check.
  'enrolments.submit': ANYONE,
  'enrolments.read': ANYONE,
  'enroller.read': ANYONE,
  'est.read': ANYONE,
  'servers.kit': [admin],
  'overseer.kit': [admin],
  'kits.list': [admin],
  'names.release': [admin],
  'renewals.read': [admin, { roles: EVERY_ROLE, approvals: APPROVED, relations: ['own'] }],
  'certificates.revoke': [admin],
  'certificates.disabled': [admin],
  'crl.read': ANYONE,
  'root_ca.read': [admin, approvedIn('none')],
  'root_ca.unseal': [admin],
  'root_ca.passphrase': [admin],
  'root_ca.prepared': [admin],
  'root_ca.prepare': [admin],
  'root_renewal.plan': [admin],
  'root_renewal.apply': [admin],
  'properties.read': [admin],
  'inbox.read': [admin],
  'approvals.decide': [admin],
  'audit.read': [admin],
  'overview.read': [admin],
  'events.read': [signedIn],
} as const satisfies Readonly<Record<string, typeof ANYONE | readonly Grant[]>>;

export type Operation = keyof typeof AUTHORIZATION;

const SCOPES: Readonly<Record<Operation, NeededScope>> = SCOPE_OF;

const includes = (list: readonly string[], item: string): boolean => list.includes(item);

/** True when the table allows it. */
export const isAllowed = (
  principal: Principal | undefined,
  operation: Operation,
  relation: Relation = 'none',
): boolean => {
  const grants: typeof ANYONE | readonly Grant[] = AUTHORIZATION[operation];
  if (grants === ANYONE) {
    return true;
  }
  if (principal === undefined || !isInScope(principal.scopes, SCOPES[operation])) {
    return false;
  }
  const who: Who = principal.role === '' ? 'unfinished' : principal.role;
  return grants.some(
    (grant) =>
      includes(grant.roles, who) &&
      includes(grant.approvals, principal.approval) &&
      includes(grant.relations, relation),
  );
};

/** As the project admin's approval would make them, with the least role for whoever has not chosen one. */
const onceApproved = (principal: Principal): Principal => ({
  ...principal,
  approval: 'approved',
  role: principal.role === '' ? 'member' : principal.role,
});
const outOfScope = (operation: Operation): ApiError => {
  const scope = SCOPES[operation];
  return new ApiError(
    'unauthorized',
    scope === 'session'
      ? 'An access token is not enough for this: log in.'
      : `The access token lacks the scope "${scope}".`,
  );
};

/**
 * Lets an operation pass or ends it.
 *
 * @throws ApiError `unauthenticated` for a stranger, `not_approved` for who waits for approval and would then be
 *   allowed, `unauthorized` otherwise
 */
export const authorize = (
  principal: Principal | undefined,
  operation: Operation,
  relation: Relation = 'none',
): void => {
  if (isAllowed(principal, operation, relation)) {
    return;
  }
  if (principal === undefined) {
    throw new ApiError('unauthenticated', 'Log in first.');
  }
  if (principal.approval === 'pending' && isAllowed(onceApproved(principal), operation, relation)) {
    throw new ApiError('not_approved', 'Your registration waits for the approval of the project admin.');
  }
  if (isAllowed({ ...principal, scopes: undefined }, operation, relation)) {
    throw outOfScope(operation);
  }
  throw new ApiError('unauthorized', 'Your role does not allow this.');
};

/**
 * Ends an operation that the requester may perform on nothing at all, before anything else about the request is read.
 *
 * @throws ApiError as {@link authorize}
 */
export const authorizeAny = (principal: Principal | undefined, operation: Operation): void => {
  if (RELATIONS.some((relation) => isAllowed(principal, operation, relation))) {
    return;
  }
  const later = principal === undefined ? undefined : onceApproved(principal);
  authorize(
    principal,
    operation,
    RELATIONS.find((relation) => isAllowed(later, operation, relation)),
  );
};

/** For operations only somebody logged in can be allowed: authorizes and gives the principal. */
export const authorizeUser = (
  principal: Principal | undefined,
  operation: Operation,
  relation: Relation = 'none',
): Principal => {
  if (principal === undefined) {
    throw new ApiError('unauthenticated', 'Log in first.');
  }
  authorize(principal, operation, relation);
  return principal;
};
