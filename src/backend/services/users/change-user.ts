import type { UserPatch, UserView } from '../../../contract/api/user.ts';
import { approvalOf } from '../../../contract/approval.ts';
import { ApiError } from '../../../contract/errors.ts';
import { isRole } from '../../../contract/roles.ts';
import { queueShare } from '../../auth/queue-share.ts';
import { authorize, isAllowed } from '../../auth/authorization.ts';
import type { ServerConfig } from '../../context/config.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import { passwordProblems } from '../../auth/password-rule.ts';
import { refuseOutdatedPassword } from '../../auth/password-change.ts';
import { PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Principal, Requester } from '../../auth/principal.ts';
import { propsText } from '../../store/stored-json.ts';
import type { Trx } from '../../store/database.ts';
import { findOrCreateId } from '../../store/named-rows.ts';
import { readProject } from '../../store/project.ts';
import { deleteAccessTokensOf } from '../../store/access-tokens.ts';
import { deleteLinksOf } from '../../store/one-time-links.ts';
import { announceDecision, announceRequest } from '../outbox/announce.ts';
import { noteDecision } from '../request-messages/note-decision.ts';
import { deleteSessionsOf } from '../../store/sessions.ts';
import { countSitesOf } from '../../store/sites-of-user.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { PASSWORD_CHANGE, updateUser, userById, type UserRow } from '../../store/users.ts';
import { participantPropsProblems } from '../project/participant-props.ts';
import { chosenRole, refuseFields } from './user-fields.ts';
import { keepOneAdmin, userFor } from './users.ts';
import { keepSeen, requireSeen, seenUser, type Seeing } from '../approvals/seen-version.ts';
import { overrideObjections } from './standing-objections.ts';
import { userView } from './user-view.ts';

/** Below every approval state. */
const ANY_STATE = -1_000_000;

const roleOf = (patch: Seeing<UserPatch>, administers: boolean): string | undefined => {
  if (patch.role === undefined) {
    return undefined;
  }
  return administers && isRole(patch.role) ? patch.role : chosenRole(patch.role);
};

/** Role and organization: the project admin always, the user once while both are unset and nobody has decided. */
const allowIdentity = (
  requester: Requester,
  user: UserRow,
  wanted: { readonly role: string | undefined; readonly organization: string | undefined },
): void => {
  const role = wanted.role !== undefined && wanted.role !== user.role;
  const organization = wanted.organization !== undefined && wanted.organization !== user.organization;
  if (!role && !organization) {
    return;
  }
  if (isAllowed(requester.principal, 'users.administer', 'foreign')) {
    return;
  }
  authorize(requester.principal, 'users.choose_role', 'own');
  if ((role && user.role !== '') || (organization && user.organization !== '')) {
    throw new ApiError('unauthorized', 'Role and organization are chosen once; ask the project admin.');
  }
};

/** All that can be changed while the password must be. */
const PASSWORD_KEYS: ReadonlySet<string> = new Set(['password', 'current_password', 'language', 'version']);

/** Keys of a patch that change nothing by themselves. */
const UNCHANGING_KEYS: ReadonlySet<string> = new Set(['current_password', 'version', 'override_objections']);

/** The new password's hash; waits once for its turn, also where the present password is checked. */
const newHash = async (
  context: ServiceContext,
  requester: Requester,
  principal: Principal,
  user: UserRow,
  { password, current_password: current }: Seeing<UserPatch>,
): Promise<string | undefined> => {
  if (password === undefined) {
    return undefined;
  }
  const share = queueShare(requester);
  if (current === undefined || principal.id !== user.id) {
    requirePresence(principal, context.now(), PRESENCE_MS);
    return context.passwords.hash(share, password);
  }
  const guess = {
    kind: 'login',
    account: user.email,
    address: requester.address,
    browser: requester.browser(user.email),
  } as const;
  const hash = await context.throttle.limit(guess, () =>
    context.passwords.exchange(share, user.password_hash, current, password),
  );
  if (hash === undefined) {
    refuseFields([{ path: 'current_password', code: 'wrong_password', message: 'is wrong' }]);
  }
  return hash;
};

/** Checks a user as the project admin's decision would leave them. @throws ApiError `conflicting`, `last_admin` */
export const checkDecision = async (
  trx: Trx,
  user: UserRow,
  after: { readonly role: string; readonly organization: string; readonly state: number },
  config: Pick<ServerConfig, 'localPasswords'>,
): Promise<void> => {
  const approved = approvalOf(after.state) === 'approved';
  if (approved && (after.role === '' || after.organization === '') && user.role !== 'project_admin') {
    throw new ApiError('conflicting', 'This user has not chosen a role and an organization yet.', {
      fields: [{ path: 'role', code: 'no_role', message: 'is not chosen yet, or the organization is not' }],
    });
  }
  if (after.role !== 'project_admin' || !approved) {
    await keepOneAdmin(trx, user, config);
  }
  if (after.organization !== user.organization && (await countSitesOf(trx, user.id, ANY_STATE)) > 0) {
    throw new ApiError(
      'conflicting',
      'Sites of the present organization belong to this user; hand them over first.',
      {
        fields: [
          { path: 'organization', code: 'has_sites', message: 'cannot change while sites belong to it' },
        ],
      },
    );
  }
};

const isActingAdmin = ({ role, state }: { readonly role: string; readonly state: number }): boolean =>
  role === 'project_admin' && approvalOf(state) === 'approved';

const actionOf = (user: UserRow, state: number): string => {
  if (state === user.approval_state) {
    return 'user.change';
  }
  const approval = approvalOf(state);
  return approval === 'approved' ? 'user.approve' : approval === 'denied' ? 'user.deny' : 'user.reopen';
};

/**
 * Changes an account: the user the own name, description, language, password; the project admin all but the e-mail.
 *
 * @throws ApiError `invalid`, `unauthorized`, `conflicting`, `changed`, `last_admin`, `too_many_requests`,
 *   `confirmation_required`, `password_change_required`, and as userFor
 */
export const changeUser = async (
  context: ServiceContext,
  requester: Requester,
  id: number,
  patch: Seeing<UserPatch>,
): Promise<UserView> => {
  const { principal, user: before } = await userFor(context.db.reader, requester, 'users.change', id);
  const isOwnPassword = principal.id === id && Object.keys(patch).every((key) => PASSWORD_KEYS.has(key));
  if (!isOwnPassword) {
    refuseOutdatedPassword(principal);
  }
  const administers = isAllowed(principal, 'users.administer', 'foreign');
  if (
    patch.approval_state !== undefined ||
    patch.approval_reason !== undefined ||
    patch.override_objections !== undefined ||
    patch.props !== undefined
  ) {
    authorize(principal, 'users.administer', principal.id === id ? 'own' : 'foreign');
  }
  if (patch.password !== undefined) {
    const project = await readProject(context.db.reader);
    refuseFields(await passwordProblems(patch.password, { ...before, project }, context.passwords));
  }
  const role = roleOf(patch, administers);
  allowIdentity(requester, before, { role, organization: patch.organization });
  const hash = await newHash(context, requester, principal, before, patch);
  const result = await change(context, requester, async (trx, audit) => {
    const { user } = await userFor(trx, requester, 'users.change', id);
    await requireSeen(trx, patch.version, seenUser(user));
    refuseFields(await participantPropsProblems(trx, 'admin', patch.props));
    if (hash !== undefined && user.password_hash !== before.password_hash) {
      throw new ApiError('conflicting', 'The password has been changed meanwhile.', {
        fields: [{ path: 'password', code: 'changed', message: 'has been changed meanwhile' }],
      });
    }
    allowIdentity(requester, user, { role, organization: patch.organization });
    const state = patch.approval_state ?? user.approval_state;
    const after = { role: role ?? user.role, organization: patch.organization ?? user.organization, state };
    if (administers) {
      await checkDecision(trx, user, after, context.config);
    }
    if (isActingAdmin(after) && !isActingAdmin({ role: user.role, state: user.approval_state })) {
      requirePresence(principal, context.now(), PRESENCE_MS);
    }
    const becomesApproved =
      approvalOf(state) === 'approved' && approvalOf(user.approval_state) !== 'approved';
    const { organization } = after;
    const overridden = becomesApproved
      ? await overrideObjections(trx, { id, organization }, patch.override_objections ?? [])
      : [];
    const at = toTimestamp(context.now());
    await updateUser(trx, id, {
      updated_at: at,
      approval_state: state,
      role_id: await findOrCreateId(trx, 'role', after.role, at),
      organization_id: await findOrCreateId(trx, 'organization', after.organization, at),
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.description === undefined ? {} : { description: patch.description }),
      ...(patch.approval_reason === undefined ? {} : { approval_reason: patch.approval_reason }),
      ...(patch.props === undefined ? {} : { props: propsText(patch.props) }),
      ...(patch.language === undefined ? {} : { language: patch.language }),
      ...(hash === undefined
        ? {}
        : {
            password_hash: hash,
            must_change_password: principal.id === id ? PASSWORD_CHANGE.none : PASSWORD_CHANGE.required,
          }),
    });
    if (approvalOf(state) === 'denied') {
      await deleteSessionsOf(trx, id);
    } else if (hash !== undefined) {
      await deleteSessionsOf(trx, id, principal.session);
    }
    if (approvalOf(state) === 'denied' || (hash !== undefined && principal.id !== id)) {
      await deleteAccessTokensOf(trx, id);
    }
    if (approvalOf(state) === 'denied' || hash !== undefined) {
      await deleteLinksOf(trx, id, 'password');
    }
    await audit(actionOf(user, state), `user:${user.email}`, {
      changed: Object.keys(patch).filter((key) => !UNCHANGING_KEYS.has(key)),
      ...(state === user.approval_state ? {} : { approval_state: [user.approval_state, state] }),
      ...(after.role === user.role ? {} : { role: [user.role, after.role] }),
      ...(after.organization === user.organization
        ? {}
        : { organization: [user.organization, after.organization] }),
      ...(overridden.length === 0 ? {} : { overridden_objections: overridden }),
    });
    const row = await userById(trx, id);
    if (row === undefined) {
      throw new Error('the changed user is not there');
    }
    await keepSeen(trx, seenUser(user), seenUser(row), at);
    if (!administers && row.organization !== user.organization) {
      await announceRequest(context, trx, { kind: 'user', name: row.email, organization: row.organization });
    }
    const decision = approvalOf(state);
    if (decision !== 'pending' && decision !== approvalOf(user.approval_state)) {
      const reason = decision === 'denied' ? row.approval_reason : '';
      await noteDecision(trx, id, { kind: decision, author: principal.email, text: reason, at });
      await announceDecision(context, trx, row.email, { kind: 'user', name: row.email, decision, reason });
    }
    return userView(row);
  });
  if (patch.approval_state !== undefined && approvalOf(patch.approval_state) === 'approved') {
    context.kitResources.keys.expect();
  }
  return result;
};
