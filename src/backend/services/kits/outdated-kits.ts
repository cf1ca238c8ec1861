import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { OutdatedKit, OutdatedKitsQuery } from '../../../contract/api/outdated-kits.ts';
import { approvalOf } from '../../../contract/approval.ts';
import type { KitParticipant, KitProject } from '../../../contract/kit.ts';
import { isRole } from '../../../contract/roles.ts';
import { changedCauses } from '../../../kits/kit-causes.ts';
import { compareContents, IssuedContent, issuedContent } from '../../../kits/kit-content.ts';
import { KitError } from '../../../kits/kit-error.ts';
import { authorizeUser, isAllowed } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Reader } from '../../store/database.ts';
import { kitsInUse, kitsInUseOf, type KitInUse } from '../../store/issued-kits.ts';
import { readProject } from '../../store/project.ts';
import { clientById } from '../../store/sites.ts';
import { propsOf } from '../../store/stored-json.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { userById } from '../../store/users.ts';
import { relationOf } from '../certificates/holder-relation.ts';
import { PAGE_ROWS } from '../list-order.ts';
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
  try {
    const form = row.form === 'signed_zip' ? 'signed_zip' : 'kit';
    const now = issuedContent(project, participant, form);
    if (JSON.stringify(now) === row.content) {
      return undefined;
    }
    const before = IssuedContent.parse(JSON.parse(row.content));
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

type OutdatedContext = Pick<ServiceContext, 'db' | 'config' | 'now'>;

/** A kit that is outdated. */
interface Found {
  /** ID of its certificate. */
  readonly id: number;
  readonly kit: OutdatedKit;
}

/** Tells whether somebody is concerned by a kit. */
type Concerns = (target: KitTarget) => Promise<boolean>;

/** Gives those of the kits that are not what they would be now, others being served in between. */
const outdatedAmong = async function* (
  context: OutdatedContext,
  rows: AsyncIterable<KitInUse> | Iterable<KitInUse>,
  concerns: Concerns = () => Promise.resolve(true),
): AsyncGenerator<Found> {
  const db = context.db.reader;
  let project: KitProject | undefined;
  let compared = 0;
  for await (const row of rows) {
    project ??= await kitProject(context, await readProject(db));
    const target = targetLabelled(row.participant);
    if (!(await concerns(target))) {
      continue;
    }
    const participant = await presentParticipant(db, project, target, row.holder);
    const difference = participant && differenceOf(row, project, participant);
    if (difference !== undefined) {
      const { kind } = target;
      const { id, common_name: name, organization, serial } = row;
      yield { id, kit: { kind, ...idOf(target), name, organization, serial, ...difference } };
    }
    compared += 1;
    if (compared % COMPARED_TOGETHER === 0) {
      await nextTurn();
    }
  }
};

/** Gives all kits in use that are not what they would be now. */
export const outdatedKits = async function* (context: OutdatedContext): AsyncGenerator<OutdatedKit> {
  const rows = kitsInUse(context.db.reader, toTimestamp(context.now()), 0);
  for await (const { kit } of outdatedAmong(context, rows)) {
    yield kit;
  }
};

/** Gives those of the kits with these serial numbers that are not what they would be now. */
export const outdatedKitsOf = async function* (
  context: OutdatedContext,
  serials: readonly string[],
): AsyncGenerator<OutdatedKit> {
  const rows = await kitsInUseOf(context.db.reader, toTimestamp(context.now()), serials);
  for await (const { kit } of outdatedAmong(context, rows)) {
    yield kit;
  }
};

/** A page of the kits that are outdated. */
interface OutdatedPage {
  readonly kits: OutdatedKit[];
  /** What the next page begins behind; absent on the last one. */
  readonly next?: number;
}

/** Returns the first kits behind a certificate that are not what they would be now. */
export const outdatedPage = async (
  context: OutdatedContext,
  { after = 0, limit = PAGE_ROWS }: z.infer<typeof OutdatedKitsQuery>,
  concerns?: Concerns,
): Promise<OutdatedPage> => {
  const rows = kitsInUse(context.db.reader, toTimestamp(context.now()), after);
  const kits: OutdatedKit[] = [];
  let next = after;
  for await (const { id, kit } of outdatedAmong(context, rows, concerns)) {
    if (kits.length === limit) {
      return { kits, next };
    }
    kits.push(kit);
    next = id;
  }
  return { kits };
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
  query: z.infer<typeof OutdatedKitsQuery>,
): Promise<OutdatedPage> => {
  const principal = authorizeUser(requester.principal, 'renewals.read', 'own');
  const concerns = async (target: KitTarget): Promise<boolean> =>
    (target.kind === 'client' || target.kind === 'user') &&
    (await relationOf(context.db.reader, principal, target)) !== 'foreign';
  const isAll = isAllowed(principal, 'renewals.read', 'foreign');
  const page = await outdatedPage(context, query, isAll ? undefined : concerns);
  await requireCurrent(context.db.reader, requester, context.now());
  return page;
};
