import type { UserCreate, UserView } from '../../../contract/api/user.ts';
import { APPROVED, PENDING } from '../../../contract/approval.ts';
import { ApiError } from '../../../contract/errors.ts';
import { passwordProblems } from '../../auth/password-rule.ts';
import { queueShare } from '../../auth/queue-share.ts';
import { authorize, isAllowed } from '../../auth/authorization.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { insertClient } from '../../store/sites.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { findOrCreateId } from '../../store/named-rows.ts';
import { readProject } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { insertUser, PASSWORD_CHANGE, userById } from '../../store/users.ts';
import { acceptInvitation, checkInvitation } from '../invitations/accept-invitation.ts';
import { announceRequest } from '../outbox/announce.ts';
import { hasMail, queueMail } from '../outbox/queue-mail.ts';
import { requirePendingRoom } from '../approvals/pending-limits.ts';
import { requireFreeNames } from '../names/require-free-name.ts';
import { signUpRefusal } from './sign-up-refusal.ts';
import { refuseFields, signUpRole } from './user-fields.ts';
import { userView } from './user-view.ts';

type Sites = NonNullable<UserCreate['sites']>;

const checkSites = (input: UserCreate, role: string): void => {
  const sites = input.sites ?? [];
  const names = sites.map((site) => site.name.toLowerCase());
  refuseFields([
    ...(new Set(names).size < names.length
      ? [{ path: 'sites', code: 'duplicate' as const, message: 'names a site twice' }]
      : []),
    ...(sites.length > 0 && (role !== 'org_admin' || (input.organization ?? '') === '')
      ? [{ path: 'sites', message: 'can only be registered by an org admin with an organization' }]
      : []),
  ]);
};

const addSites = async (
  trx: Trx,
  sites: Sites,
  owner: {
    readonly creatorId: number;
    readonly organizationId: number;
    readonly organization: string;
    readonly at: string;
  },
): Promise<void> => {
  const { organization, ...row } = owner;
  const claimant = { kind: 'client', id: undefined, holder: '', organization } as const;
  const claims = sites.map(
    ({ name }, index) => ({ name, use: 'participant', path: `sites.${index}.name` }) as const,
  );
  await requireFreeNames(trx, claimant, claims);
  for (const site of sites) {
    await insertClient(trx, {
      ...row,
      name: site.name,
      description: site.description ?? '',
      capacity: JSON.stringify({
        num_of_gpus: site.capacity?.num_of_gpus ?? site.capacity?.num_gpus ?? 0,
        mem_per_gpu_in_GiB: site.capacity?.mem_per_gpu_in_GiB ?? 0,
      }),
      props: '',
      approvalState: PENDING,
    });
  }
};

/** Throws unless the project takes this sign-up, or the requester may add users. */
const requireOpenDoor = async (
  db: Reader | Trx,
  requester: Requester,
  { email, invitation }: UserCreate,
): Promise<void> => {
  if (isAllowed(requester.principal, 'users.create')) {
    return;
  }
  const refusal = signUpRefusal(await readProject(db), email, invitation !== undefined);
  if (refusal === 'closed') {
    throw new ApiError('unauthorized', 'The project is not open for registration.');
  }
  if (refusal === 'domain') {
    const message = 'is of a domain that may not sign up';
    throw new ApiError('unauthorized', `The email ${message}.`, {
      fields: [{ path: 'email', code: 'domain_not_allowed', message }],
    });
  }
};

/** @throws ApiError `invalid` where the project has terms and this version of them was not accepted */
const requireAcceptedTerms = (project: ProjectRow, accepted: string | undefined): void => {
  if (project.terms !== '' && accepted !== project.terms_version) {
    refuseFields([
      {
        path: 'accepted_terms',
        code: 'terms_not_accepted',
        message: `must be ${project.terms_version}, the version of the terms, to accept them`,
      },
    ]);
  }
};

/** The sign-up with what its invitation says in place of what the person chose. */
const withInvitation = async (context: ServiceContext, input: UserCreate): Promise<UserCreate> => {
  if (input.invitation === undefined) {
    return input;
  }
  const { organization, role } = await checkInvitation(context, input.invitation);
  return { ...input, organization, role };
};

/**
 * Registers a user, an org admin with sites if wanted, all in one transaction; they wait for approval then. With an
 * invitation the account is approved at once, its sites still wait.
 *
 * @throws ApiError `unauthorized` while the project is not public (project admins and the invited may always),
 *   `invalid`, `conflicting` when the e-mail or a site's name is taken, `too_many_requests`, `unavailable`
 */
export const signUp = async (
  context: ServiceContext,
  requester: Requester,
  sent: UserCreate,
): Promise<UserView> => {
  authorize(requester.principal, 'users.sign_up');
  if (context.config.localPasswords === false && !isAllowed(requester.principal, 'users.create')) {
    throw new ApiError('unauthorized', 'Local passwords are switched off. Log in with single sign-on.');
  }
  const { invitation } = sent;
  const input = await withInvitation(context, sent);
  const role = signUpRole(input.role);
  checkSites(input, role);
  await requireOpenDoor(context.db.reader, requester, input);
  const project = await readProject(context.db.reader);
  const administers = isAllowed(requester.principal, 'users.create');
  if (!administers) {
    requireAcceptedTerms(project, input.accepted_terms);
  }
  refuseFields(await passwordProblems(input.password, { ...input, project }, context.passwords));
  if (!administers) {
    context.signUps.count(requester.address);
  }
  const hash = await context.passwords.hash(queueShare(requester), input.password);
  const now = context.now();
  const at = toTimestamp(now);
  const organization = input.organization ?? '';
  return change(
    context,
    requester,
    async (trx, audit) => {
      await requireOpenDoor(trx, requester, input);
      const { terms, terms_version } = await readProject(trx);
      if (!administers) {
        requireAcceptedTerms({ ...project, terms, terms_version }, input.accepted_terms);
      }
      const accepted =
        invitation === undefined ? undefined : await acceptInvitation(trx, invitation, input.email, now);
      if (accepted !== undefined && (accepted.organization !== organization || accepted.role !== role)) {
        throw new ApiError('conflicting', 'The invitation has changed meanwhile; open its link again.');
      }
      const sites = input.sites ?? [];
      if (!administers) {
        await requirePendingRoom(trx, (accepted === undefined ? 1 : 0) + sites.length);
      }
      const claimant = { kind: 'user', id: undefined, holder: '', organization } as const;
      await requireFreeNames(trx, claimant, [{ name: input.email, use: 'participant', path: 'email' }]);
      const organizationId = await findOrCreateId(trx, 'organization', organization, at);
      const id = await insertUser(trx, {
        name: input.name ?? '',
        description: input.description ?? '',
        email: input.email,
        password_hash: hash,
        role_id: await findOrCreateId(trx, 'role', role, at),
        organization_id: organizationId,
        approval_state: accepted === undefined ? PENDING : APPROVED,
        must_change_password: administers ? PASSWORD_CHANGE.required : PASSWORD_CHANGE.none,
        language: administers ? '' : requester.language,
        email_asked_at: hasMail(context) && !administers ? at : '',
        ...(administers || terms === '' ? {} : { terms_version, terms_accepted_at: at }),
        created_at: at,
        updated_at: at,
      });
      await addSites(trx, sites, { creatorId: id, organizationId, organization, at });
      await audit('user.create', `user:${input.email}`, {
        role,
        organization,
        sites: sites.map((site) => site.name),
        ...(administers || terms === '' ? {} : { accepted_terms: terms_version }),
        ...(accepted === undefined ? {} : { invitation: accepted.id, approval_state: APPROVED }),
      });
      if (!administers) {
        await queueMail(context, trx, input.email, { event: 'email_confirmation' });
      }
      if (!administers && (accepted === undefined || sites.length > 0)) {
        await announceRequest(context, trx, { kind: 'user', name: input.email, organization });
      }
      const row = await userById(trx, id);
      if (row === undefined) {
        throw new Error('the new user is not there');
      }
      return userView(row);
    },
    input.email,
  );
};
