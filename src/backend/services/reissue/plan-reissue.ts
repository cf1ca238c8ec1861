import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Difference } from '../../../contract/api/difference.ts';
import type { ReissueChange, ReissuedKit, ReissuePlan } from '../../../contract/api/reissue.ts';
import type { OutdatedKit } from '../../../contract/api/outdated-kits.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { KitProject } from '../../../contract/kit.ts';
import { isRole, type Role } from '../../../contract/roles.ts';
import { comparePlans } from '../../../kits/compare-plans.ts';
import { KitError } from '../../../kits/kit-error.ts';
import { planKit } from '../../../kits/plan-kit.ts';
import { authorize } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import { certificatesInForce } from '../../store/certificates.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { readProject, type ProjectChange } from '../../store/project.ts';
import { adminsAnd } from '../../store/reissue.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { userById, type UserRow } from '../../store/users.ts';
import { kitError } from '../kits/kit-errors.ts';
import { kitProject } from '../kits/kit-project.ts';
import { outdatedPage } from '../kits/outdated-kits.ts';
import { requireComplete } from '../project/freeze.ts';
import { plannedChange } from '../project/planned-change.ts';
import { refuseFields } from '../users/user-fields.ts';
import { keyOriginOf, reissueParticipants, type ReissuedParticipant } from './reissue-participants.ts';

/** Participants whose kits are compared before others get their turn. */
const COMPARED_TOGETHER = 20;

/** A role that changes, and whose. */
export interface RoleChange {
  readonly user: UserRow;
  readonly role: Role;
}

/** A plan with what carries it out. */
export interface PlannedReissue {
  readonly plan: ReissuePlan;
  readonly changed: ProjectChange;
  readonly roles: readonly RoleChange[];
  /** Common names that participants' certificates get, by the serial numbers of those they have. */
  readonly replacements: ReadonlyMap<string, string>;
}

const roleChanges = async (
  db: Reader | Trx,
  roles: NonNullable<ReissueChange['roles']>,
): Promise<readonly RoleChange[]> => {
  const seen = new Set<number>();
  const changes: RoleChange[] = [];
  for (const [index, { user: id, role }] of roles.entries()) {
    const path = `roles.${index}.user`;
    if (seen.has(id)) {
      refuseFields([{ path, code: 'duplicate', message: 'is listed twice' }]);
    }
    seen.add(id);
    const user = await userById(db, id);
    if (user === undefined) {
      throw new ApiError('not_found', 'There is no such user.', {
        fields: [{ path, message: 'does not exist' }],
      });
    }
    if (!isRole(user.role)) {
      refuseFields([{ path, code: 'no_role', message: 'has not chosen a role yet' }]);
    }
    if (user.role !== role) {
      changes.push({ user, role });
    }
  }
  return changes;
};

/** The organization of the first project admin, once the roles have changed. */
const organizationAfter = async (
  db: Reader | Trx,
  roles: readonly RoleChange[],
  now: string,
): Promise<string> => {
  if (roles.length === 0) {
    return now;
  }
  const next = new Map(roles.map(({ user, role }) => [user.id, role]));
  const people = await adminsAnd(db, [...next.keys()]);
  return people.find(({ id, role }) => (next.get(id) ?? role) === 'project_admin')?.organization ?? '';
};

const kitOf = (
  participant: ReissuedParticipant,
  projects: { readonly before: KitProject; readonly after: KitProject },
): { readonly kit: ReissuedKit; readonly commonName: string } | undefined => {
  const { kind, id, name, organization, certificates } = participant;
  const before = participant.before && planKit(projects.before, participant.before);
  const after = participant.after && planKit(projects.after, participant.after);
  const difference =
    before === undefined || after === undefined
      ? { certificate: [], files: (before ?? after)?.files.map(({ path }) => path).toSorted() ?? [] }
      : comparePlans(before, after);
  if (difference.files.length === 0 && difference.certificate.length === 0) {
    return undefined;
  }
  const origin = keyOriginOf(certificates);
  return {
    commonName: after?.own.commonName ?? '',
    kit: {
      kind,
      ...(id === undefined ? {} : { id }),
      name,
      organization,
      effect:
        before === undefined
          ? 'added'
          : after === undefined
            ? 'removed'
            : difference.certificate.length > 0
              ? 'certificate'
              : 'kit',
      certificate: [...difference.certificate],
      files: [...difference.files],
      serials: certificates.map(({ serial }) => serial),
      ...(origin === undefined ? {} : { key_origin: origin }),
    },
  };
};

const settingChanges = (before: ProjectRow, changed: ProjectChange): readonly Difference[] =>
  (['server1', 'server2', 'overseer', 'ha_mode', 'project_props', 'server_props'] as const)
    .filter((field) => changed[field] !== undefined)
    .map((field) => ({ field, before: String(before[field]), after: String(changed[field]) }));

/**
 * Finds out what a change of a frozen project does to the kits and certificates that were handed out.
 *
 * @throws ApiError `project_not_frozen`, `invalid`, `not_found`, `project_incomplete`, `no_overseer`
 */
export const plannedReissue = async (
  context: ServiceContext,
  db: Reader | Trx,
  { roles: wantedRoles = [], ...patch }: ReissueChange,
): Promise<PlannedReissue> => {
  const { next, changed } = await plannedChange(db, patch, undefined, 'allow');
  if (next.frozen === 0) {
    throw new ApiError(
      'project_not_frozen',
      'The project is not frozen yet, so its settings can be changed.',
    );
  }
  requireComplete(next);
  const before = await readProject(db);
  const roles = await roleChanges(db, wantedRoles);
  const present = await kitProject(context, before, db);
  const coming = await kitProject(context, next, db);
  const projects = {
    before: present,
    after: { ...coming, organization: await organizationAfter(db, roles, coming.organization) },
  };
  const participants = reissueParticipants(db, {
    before,
    after: next,
    rows: certificatesInForce(db, toTimestamp(context.now())),
    roles: new Map(roles.map(({ user, role }) => [user.id, role])),
  });
  const replacements = new Map<string, string>();
  const kits: ReissuedKit[] = [];
  const digest = createHash('sha256');
  let unchanged = 0;
  let compared = 0;
  try {
    for await (const participant of participants) {
      const found = kitOf(participant, projects);
      if (found === undefined) {
        unchanged += participant.certificates.length === 0 ? 0 : 1;
      } else {
        kits.push(found.kit);
        digest.update(JSON.stringify(found.kit));
        for (const serial of found.kit.serials) {
          replacements.set(serial, found.commonName);
        }
      }
      compared += 1;
      if (compared % COMPARED_TOGETHER === 0) {
        await nextTurn();
      }
    }
  } catch (error) {
    throw error instanceof KitError ? kitError(error) : error;
  }
  const changes = [
    ...settingChanges(before, changed),
    ...roles.map(({ user, role }) => ({ field: `role of ${user.email}`, before: user.role, after: role })),
  ];
  const version = digest.update(JSON.stringify({ changes, unchanged })).digest('hex');
  return { plan: { version, changes, kits, unchanged }, changed, roles, replacements };
};

/**
 * Returns what a re-issue would do, and the first kits that are outdated without it; nothing changes. No transaction
 * keeps others waiting meanwhile: a plan that mixes before and after is refused when it is to be carried out.
 *
 * @throws ApiError as {@link plannedReissue}, `unauthorized`
 */
export const planReissue = async (
  context: ServiceContext,
  requester: Requester,
  change: ReissueChange,
): Promise<{ readonly plan: ReissuePlan; readonly outdated: OutdatedKit[] }> => {
  authorize(requester.principal, 'reissue.plan');
  const { plan } = await plannedReissue(context, context.db.reader, change);
  const { kits: outdated } = await outdatedPage(context, {});
  await requireCurrent(context.db.reader, requester, context.now());
  return { plan, outdated };
};
