import type { ProjectPatch } from '../../../contract/api/project.ts';
import { ApiError } from '../../../contract/errors.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { countWithoutKit } from '../../store/participants.ts';
import type { Trx } from '../../store/database.ts';
import { deletePreparedRoot, readPreparedRoot } from '../../store/prepared-root.ts';
import { updateUnfrozenProject } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { announceKits } from '../outbox/announce.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { keepSeen, type SeenVersions } from '../approvals/seen-version.ts';
import { plannedChange } from './planned-change.ts';
import { missingToFreeze } from './project-fields.ts';
import { rootForFreeze } from '../root-ca/root-for-freeze.ts';
import { keyBitsOf } from './project-view.ts';
import { seenProject } from './seen-project.ts';

/** Settings that the root CA depends on; a root generated for other values is discarded. */
const ROOT_SETTINGS = ['short_name', 'key_bits', 'root_valid_days'] as const;

const requireSameRoot = (planned: ProjectRow, now: ProjectRow): void => {
  const changed = ROOT_SETTINGS.filter((key) => planned[key] !== now[key]);
  if (changed.length === 0) {
    return;
  }
  throw new ApiError(
    'conflicting',
    'Somebody else changed the project meanwhile. Look at it and freeze again.',
    { fields: changed.map((path) => ({ path, code: 'changed', message: 'was changed meanwhile' })) },
  );
};

/** @throws ApiError `project_incomplete` */
export const requireComplete = (row: ProjectRow): void => {
  const missing = missingToFreeze(row);
  const [first] = missing;
  if (first !== undefined) {
    throw new ApiError('project_incomplete', first.message, { fields: missing });
  }
};

/** Another root may have been put in its place while its key was opened. */
const requireSamePrepared = async (trx: Trx, id: string | undefined): Promise<void> => {
  if ((await readPreparedRoot(trx))?.id !== id) {
    throw new ApiError('conflicting', 'Somebody else changed the root CA meanwhile. Freeze again.');
  }
};

/** Freezes of one backend run one after the other, so that only the first of them makes a root. */
const running = new WeakMap<ServiceContext['rootCa'], Promise<unknown>>();

const afterOthers = <T>(context: ServiceContext, work: () => Promise<T>): Promise<T> => {
  const before = running.get(context.rootCa) ?? Promise.resolve();
  const mine = before.then(work, work);
  running.set(
    context.rootCa,
    mine.catch(() => undefined),
  );
  return mine;
};

const freeze = async (
  context: ServiceContext,
  requester: Requester,
  patch: ProjectPatch,
  versions: SeenVersions | undefined,
): Promise<void> => {
  const { next: planned } = await context.db.write((trx) => plannedChange(trx, patch, versions));
  requireComplete(planned);
  // Outside the transaction: key and sealing take up to seconds.
  const { made, chain, preparedId } = await rootForFreeze(context, planned);
  await change(context, requester, async (trx, audit) => {
    const { row, next, changed } = await plannedChange(trx, patch, versions);
    requireComplete(next);
    requireSameRoot(planned, next);
    await requireSamePrepared(trx, preparedId);
    await updateUnfrozenProject(trx, {
      ...changed,
      frozen: 1,
      root_cert: Buffer.from(made.stored.certificatePem),
      root_key: Buffer.from(made.stored.key),
      root_chain: chain,
    });
    await deletePreparedRoot(trx);
    await keepSeen(trx, seenProject(row), seenProject({ ...next, frozen: 1 }), toTimestamp(context.now()));
    await announceKits(context, trx);
    await audit('project.freeze', 'project', { fields: Object.keys(changed) });
  });
  context.rootCa.adopt(made);
  context.kitResources.keys.prefer(keyBitsOf(planned.key_bits), await countWithoutKit(context.db.reader));
};

/**
 * Freezes the project with the patch's settings and makes its root CA, exactly once.
 *
 * @throws ApiError `project_frozen`, `project_incomplete`, `invalid`, `conflicting`
 */
export const freezeProject = (
  context: ServiceContext,
  requester: Requester,
  patch: ProjectPatch,
  versions?: SeenVersions,
): Promise<void> => afterOthers(context, () => freeze(context, requester, patch, versions));
