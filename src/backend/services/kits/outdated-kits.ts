import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OutdatedKit } from '../../../contract/api/outdated-kits.ts';
import { approvalOf } from '../../../contract/approval.ts';
import type { KitParticipant, KitProject } from '../../../contract/kit.ts';
import { isRole } from '../../../contract/roles.ts';
import { changedCauses } from '../../../kits/kit-causes.ts';
import { compareContents, IssuedContent, issuedContent } from '../../../kits/kit-content.ts';
import { KitError } from '../../../kits/kit-error.ts';
import { authorizeUser, isAllowed } from '../../auth/authorization.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Reader } from '../../store/database.ts';
import { kitsInUse, type KitInUse } from '../../store/issued-kits.ts';
import { readProject } from '../../store/project.ts';
import { clientById } from '../../store/sites.ts';
import { propsOf } from '../../store/stored-json.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { userById } from '../../store/users.ts';
import { relationOf } from '../certificates/holder-relation.ts';
import { holderOf } from '../names/claimant.ts';
import { targetLabelled } from './issued-kits.ts';
import { siteParticipant, type KitTarget } from './kit-participants.ts';
import { kitProject } from './kit-project.ts';

/** Kits that are compared before others get their turn. */
const COMPARED_TOGETHER = 20;

/** Returns the participant as it is now; undefined for one that is not approved, or whom the project no longer has. */
const presentParticipant = async (
  db: Reader,
  project: KitProject,
  target: KitTarget,
  holder: string,
): Promise<KitParticipant | undefined> => {
  switch (target.kind) {
    case 'server':
      return target.index === 1 || project.haMode ? target : undefined;
    case 'overseer':
      return project.haMode ? target : undefined;
    case 'client': {
      const site = await clientById(db, target.id);
      return site === undefined ||
        holderOf('client', site) !== holder ||
        approvalOf(site.approval_state) !== 'approved'
        ? undefined
        : siteParticipant(site);
    }
    case 'user': {
      const user = await userById(db, target.id);
      if (
        user === undefined ||
        holderOf('user', user) !== holder ||
        approvalOf(user.approval_state) !== 'approved'
      ) {
        return undefined;
      }
      const { email, organization, role, props } = user;
      return isRole(role)
        ? { kind: 'admin', email, organization, role, props: propsOf(props) ?? {} }
        : undefined;
    }
  }
};

const differenceOf = (
  row: KitInUse,
  project: KitProject,
  participant: KitParticipant,
): Pick<OutdatedKit, 'effect' | 'causes' | 'certificate' | 'files' | 'message'> | undefined => {
  const before = IssuedContent.parse(JSON.parse(row.content));
  try {
    const form = row.form === 'signed_zip' ? 'signed_zip' : 'kit';
    const now = issuedContent(project, participant, form);
    const { certificate, files } = compareContents(before.content, now.content);
    return certificate.length === 0 && files.length === 0
      ? undefined
      : {
          effect: certificate.length > 0 ? 'certificate' : 'kit',
          causes: [...changedCauses(before.causes, now.causes)],
          certificate: [...certificate],
          files: [...files],
        };
  } catch (error) {
    if (!(error instanceof KitError)) {
      throw error;
    }
    return { effect: 'blocked', causes: [], certificate: [], files: [], message: error.message };
  }
};

const idOf = (target: KitTarget): { readonly id?: number } => {
  switch (target.kind) {
    case 'server':
      return { id: target.index };
    case 'overseer':
      return {};
    case 'client':
    case 'user':
      return { id: target.id };
  }
};

/**
 * Returns the kits in use that are not what they would be now.
 *
 * @param serials only these, where given
 */
export const outdatedKits = async (
  context: Pick<ServiceContext, 'db' | 'config' | 'now'>,
  serials?: readonly string[],
): Promise<readonly OutdatedKit[]> => {
  const db = context.db.reader;
  const rows = await kitsInUse(db, toTimestamp(context.now()), serials);
  if (rows.length === 0) {
    return [];
  }
  const project = await kitProject(context, await readProject(db));
  const found: OutdatedKit[] = [];
  for (const [index, row] of rows.entries()) {
    const target = targetLabelled(row.participant);
    const participant = await presentParticipant(db, project, target, row.holder);
    const difference = participant && differenceOf(row, project, participant);
    if (difference !== undefined) {
      const { kind } = target;
      const { common_name: name, organization, serial } = row;
      found.push({ kind, ...idOf(target), name, organization, serial, ...difference });
    }
    if (index % COMPARED_TOGETHER === COMPARED_TOGETHER - 1) {
      await nextTurn();
    }
  }
  return found;
};

/** True where an update of the dashboard alone is behind it: such a kit keeps working. */
export const isOnlyUpdate = ({ causes }: OutdatedKit): boolean =>
  causes.length === 1 && causes[0] === 'dashboard';

/**
 * Lists the kits that are not what they would be now: all for the project admin, those of their organization for org
 * admins, one's own for others.
 *
 * @throws ApiError `unauthorized`, `not_approved`, `project_incomplete` naming what is wrong with the properties file
 */
export const listOutdatedKits = async (
  context: ServiceContext,
  requester: Requester,
): Promise<OutdatedKit[]> => {
  const principal = authorizeUser(requester.principal, 'renewals.read', 'own');
  const all = isAllowed(principal, 'renewals.read', 'foreign');
  const seen: OutdatedKit[] = [];
  for (const kit of await outdatedKits(context)) {
    const { kind, id = 0 } = kit;
    const isOther =
      kind === 'overseer' || (await relationOf(context.db.reader, principal, { kind, id })) === 'foreign';
    if (all || !isOther) {
      seen.push(kit);
    }
  }
  return seen;
};
