import { APPROVED, approvalOf, PENDING } from '../../../contract/approval.ts';
import { ApiError } from '../../../contract/errors.ts';
import { askAgainPurpose, loginChallenge } from '../../auth/login-challenge.ts';
import { demandsFactor } from '../../auth/second-factor-rule.ts';
import { principalOf } from '../../auth/identify.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type AuditWriter, type ServiceContext } from '../../context/context.ts';
import { hasSecondFactor, personIn, type NewPerson } from '../../sso/claims.ts';
import type { OidcProvider, SsoPerson } from '../../sso/oidc-provider.ts';
import { SsoError } from '../../sso/sso-error.ts';
import type { SsoState } from '../../sso/sso-state.ts';
import type { Trx } from '../../store/database.ts';
import { identityOf, insertIdentity } from '../../store/identities.ts';
import { findOrCreateId } from '../../store/named-rows.ts';
import { readProject } from '../../store/project.ts';
import { sessionUser } from '../../store/sessions.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { insertUser, userByEmail, userById, type UserRow } from '../../store/users.ts';
import { announceRequest } from '../outbox/announce.ts';
import { requirePendingRoom } from '../approvals/pending-limits.ts';
import { requireFreeNames } from '../names/require-free-name.ts';
import { signUpRefusal } from '../users/sign-up-refusal.ts';
import { storeSession, type OpenedSession } from '../sessions/store-session.ts';

/** A log-in, or a connection of an account that is logged in. */
export type FinishedSso = { readonly opened: OpenedSession } | { readonly linked: true };

const addIdentity = async (
  context: ServiceContext,
  trx: Trx,
  userId: number,
  person: SsoPerson,
): Promise<void> => {
  const { issuer, subject } = person;
  const created_at = toTimestamp(context.now());
  await insertIdentity(trx, { issuer, subject, user_id: userId, created_at });
};

/** Connects the account whose session began this. @throws SsoError `state` where it has ended, `taken` */
const link = async (
  context: ServiceContext,
  requester: Requester,
  session: string,
  person: SsoPerson,
): Promise<FinishedSso> => {
  const found = await sessionUser(context.db.reader, session);
  const principal = found === undefined ? undefined : principalOf(found, context.now());
  if (principal === undefined) {
    throw new SsoError('state');
  }
  await change(context, { ...requester, principal }, async (trx, audit) => {
    if ((await identityOf(trx, person)) !== undefined) {
      throw new SsoError('taken');
    }
    await addIdentity(context, trx, principal.id, person);
    await audit('sso.link', `user:${principal.email}`);
  });
  return { linked: true };
};

const signUpRoom = async (trx: Trx, email: string, approved: boolean): Promise<void> => {
  const refusal = signUpRefusal(await readProject(trx), email, approved);
  if (refusal !== undefined) {
    throw new SsoError(refusal);
  }
  if (!approved) {
    await requirePendingRoom(trx, 1);
  }
};

/** Creates the account of somebody new. @throws SsoError `closed`, `domain`, `exists` for the e-mail of another account */
const addPerson = async (
  context: ServiceContext,
  trx: Trx,
  audit: AuditWriter,
  { email, name, role, organization }: NewPerson,
  approves: boolean,
): Promise<number> => {
  if ((await userByEmail(trx, email)) !== undefined) {
    throw new SsoError('exists');
  }
  const approved = approves && role !== '' && organization !== '';
  await signUpRoom(trx, email, approved);
  const claimant = { kind: 'user', id: undefined, holder: '', organization } as const;
  await requireFreeNames(trx, claimant, [{ name: email, use: 'participant', path: 'email' }]);
  const at = toTimestamp(context.now());
  const id = await insertUser(trx, {
    name,
    description: '',
    email,
    // No password fits: this account logs in at the provider.
    password_hash: '',
    role_id: await findOrCreateId(trx, 'role', role, at),
    organization_id: await findOrCreateId(trx, 'organization', organization, at),
    approval_state: approved ? APPROVED : PENDING,
    created_at: at,
    updated_at: at,
  });
  await audit('user.create', `user:${email}`, {
    role,
    organization,
    single_sign_on: true,
    ...(approved ? { approval_state: APPROVED } : {}),
  });
  if (!approved) {
    await announceRequest(context, trx, { kind: 'user', name: email, organization });
  }
  return id;
};

const accountOf = async (
  context: ServiceContext,
  provider: OidcProvider,
  { trx, audit }: { readonly trx: Trx; readonly audit: AuditWriter },
  person: SsoPerson,
): Promise<UserRow> => {
  const known = await identityOf(trx, person);
  let id = known?.user_id;
  if (id === undefined) {
    const { settings } = provider;
    id = await addPerson(context, trx, audit, personIn(person.claims, settings), settings.approves);
    await addIdentity(context, trx, id, person);
  }
  const user = await userById(trx, id);
  if (user === undefined) {
    throw new SsoError('account_denied');
  }
  if (approvalOf(user.approval_state) === 'denied') {
    const challenge = loginChallenge(context.tokenKey, user, context.now(), askAgainPurpose(user));
    throw new SsoError('account_denied', { challenge });
  }
  const { second_factor: rule } = await readProject(trx);
  if (demandsFactor(rule, user.role) && !hasSecondFactor(person.claims, provider.settings)) {
    throw new SsoError('second_factor');
  }
  return user;
};

/**
 * Finishes what the browser brought back from the provider: opens a session for the account of that person, creating it
 * for somebody new, or connects the account that asked for it.
 *
 * @param address the redirect URI with the query that arrived
 * @throws SsoError
 */
export const finishSso = async (
  context: ServiceContext,
  requester: Requester,
  {
    provider,
    state,
    address,
    userAgent,
  }: {
    readonly provider: OidcProvider;
    readonly state: SsoState;
    readonly address: URL;
    readonly userAgent: string | undefined;
  },
): Promise<FinishedSso> => {
  if (address.searchParams.get('state') !== state.state) {
    throw new SsoError('state');
  }
  const person = await provider.exchange(state, address);
  if (state.links !== '') {
    return link(context, requester, state.links, person);
  }
  try {
    const opened = await change(context, { ...requester, principal: undefined }, async (trx, audit) => {
      const user = await accountOf(context, provider, { trx, audit }, person);
      return storeSession({ context, requester, trx, audit }, user, {
        userAgent,
        confirmed: person.authenticated,
        idToken: person.idToken,
        detail: { single_sign_on: provider.host },
      });
    });
    return { opened };
  } catch (error) {
    if (error instanceof ApiError && error.code === 'too_many_requests') {
      throw new SsoError('busy', { cause: error });
    }
    throw error;
  }
};
