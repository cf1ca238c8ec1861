import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReissuePlan, ReissueRequest } from '../../../contract/api/reissue.ts';
import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { KIT_PRESENCE_MS, PRESENCE_MS, requirePresence } from '../../auth/presence.ts';
import type { Requester } from '../../auth/principal.ts';
import { change, type AuditWriter, type ServiceContext } from '../../context/context.ts';
import type { Trx } from '../../store/database.ts';
import { findOrCreateId } from '../../store/named-rows.ts';
import { updateProject } from '../../store/project.ts';
import { markOutdated } from '../../store/reissue.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { updateUser, userById } from '../../store/users.ts';
import { keepSeen, seenUser } from '../approvals/seen-version.ts';
import { checkDecision } from '../users/change-user.ts';
import { plannedReissue, type PlannedReissue, type RoleChange } from './plan-reissue.ts';

/** Kits that are marked before others get their turn. */
const MARKED_TOGETHER = 100;

interface Work {
  readonly trx: Trx;
  readonly audit: AuditWriter;
  /** Stored time. */
  readonly at: string;
  readonly config: ServiceContext['config'];
}

const changeRole = async ({ trx, audit, at, config }: Work, { user, role }: RoleChange): Promise<void> => {
  await checkDecision(
    trx,
    user,
    { role, organization: user.organization, state: user.approval_state },
    config,
  );
  await updateUser(trx, user.id, { updated_at: at, role_id: await findOrCreateId(trx, 'role', role, at) });
  await audit('user.change', `user:${user.email}`, { changed: ['role'], role: [user.role, role] });
  const row = await userById(trx, user.id);
  if (row !== undefined) {
    await keepSeen(trx, seenUser(user), seenUser(row), at);
  }
};

const markKits = async ({ trx }: Work, { plan, replacements }: PlannedReissue): Promise<void> => {
  for (const [index, { effect, serials }] of plan.kits.entries()) {
    if (index % MARKED_TOGETHER === 0) {
      await nextTurn();
    }
    if (effect === 'added') {
      continue;
    }
    for (const serial of serials) {
      await markOutdated(trx, { serial, outdated: effect, replacement: replacements.get(serial) ?? '' });
    }
  }
};

/**
 * Changes the frozen project and the roles exactly as the plan of this version says. Certificates that no longer fit
 * are superseded; everybody concerned fetches the next kit as usual.
 *
 * @throws ApiError `changed` when the plan would be another one by now, `confirmation_required`, and as
 *   {@link plannedReissue}
 */
export const applyReissue = async (
  context: ServiceContext,
  requester: Requester,
  { version, ...wanted }: ReissueRequest,
): Promise<ReissuePlan> => {
  const principal = authorizeUser(requester.principal, 'reissue.apply');
  const promotes = wanted.roles?.some(({ role }) => role === 'project_admin') === true;
  requirePresence(principal, context.now(), promotes ? PRESENCE_MS : KIT_PRESENCE_MS);
  return change(context, requester, async (trx, audit) => {
    const planned = await plannedReissue(context, trx, wanted);
    const { plan, changed, roles } = planned;
    if (plan.version !== version) {
      throw new ApiError(
        'changed',
        'Something has changed since the plan was made. Nothing was done; look at the new plan.',
      );
    }
    const work = { trx, audit, at: toTimestamp(context.now()), config: context.config };
    if (Object.keys(changed).length > 0) {
      await updateProject(trx, changed);
    }
    for (const role of roles) {
      await changeRole(work, role);
    }
    await markKits(work, planned);
    await audit('project.reissue', 'project', {
      fields: Object.keys(changed),
      kits: plan.kits.length,
      superseded: plan.kits.filter(({ effect }) => effect === 'certificate' || effect === 'removed').length,
    });
    return plan;
  });
};
