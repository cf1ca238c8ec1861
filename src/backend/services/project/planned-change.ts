import type { ProjectPatch } from '../../../contract/api/project.ts';
import { ApiError } from '../../../contract/errors.ts';
import type { Reader, Trx } from '../../store/database.ts';
import { readProject, type ProjectChange } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { propsOf } from '../../store/stored-json.ts';
import { serverNamesOf } from '../names/claimed-names.ts';
import { SERVER_CLAIMANT } from '../names/claimant.ts';
import { requireSeen, type SeenVersions } from '../approvals/seen-version.ts';
import { seenProject } from './seen-project.ts';
import { nameConflicts, type NameClaim } from '../names/require-free-name.ts';
import { changesOf, projectProblems } from './project-fields.ts';
import { studiesOf, studyProblems } from './studies.ts';

/** Settings that no certificate issued so far depends on, so that they stay changeable in a frozen project. */
export const CHANGEABLE_WHEN_FROZEN = [
  'public',
  'title',
  'description',
  'app_location',
  'starting_date',
  'end_date',
  'target_release',
  'zip_encryption',
  'second_factor',
  'leaf_valid_days',
  'require_signed_jobs',
  'jemalloc',
  'auth_identity_map',
  'studies',
  'sign_up',
  'sign_up_domains',
  'contact',
  'privacy_notice',
  'terms',
  'terms_version',
  'color',
] as const satisfies readonly (keyof ProjectPatch)[];

const CHANGEABLE: ReadonlySet<string> = new Set(CHANGEABLE_WHEN_FROZEN);

/** A patch that freezes again is refused as well: it would need another root CA. */
const isAllowedWhenFrozen = (patch: ProjectPatch): boolean =>
  Object.keys(patch).every((key) => CHANGEABLE.has(key));

/** Why a setting cannot be changed any more. */
export const PROJECT_FROZEN = 'The project is frozen; its settings cannot be changed any more.';

/** Names that the changed settings give to the servers. */
const claimsOf = (changed: ProjectChange): readonly NameClaim[] => {
  const hosts = (['server1', 'server2', 'overseer'] as const).map((path) => ({
    name: changed[path] ?? '',
    path,
  }));
  const further = serverNamesOf(propsOf(changed.server_props ?? '')).map((name) => ({
    name,
    path: 'server_props',
  }));
  return [...hosts, ...further]
    .filter(({ name }) => name !== '')
    .map((claim) => ({ ...claim, use: 'server' }));
};

/**
 * Applies a patch to the row as it is now.
 *
 * @param versions of the settings that the patch may be applied to; undefined for any
 * @param frozen whether a frozen project may change what certificates contain, as a re-issue does
 * @returns the row as it is, as it becomes, and what differs
 * @throws ApiError `project_frozen`, `changed`, `invalid` with the fields that are wrong
 */
export const plannedChange = async (
  db: Reader | Trx,
  patch: ProjectPatch,
  versions: SeenVersions | undefined,
  frozen: 'refuse' | 'allow' = 'refuse',
): Promise<{ row: ProjectRow; next: ProjectRow; changed: ProjectChange }> => {
  const row = await readProject(db);
  if (frozen === 'refuse' && row.frozen !== 0 && !isAllowedWhenFrozen(patch)) {
    throw new ApiError('project_frozen', PROJECT_FROZEN);
  }
  await requireSeen(db, versions, seenProject(row));
  const changed = changesOf(row, patch);
  const next: ProjectRow = { ...row, ...changed };
  const problems = [
    ...projectProblems(next, changed, row),
    ...(await nameConflicts(db, SERVER_CLAIMANT, claimsOf(changed))),
    ...(changed.studies === undefined ? [] : await studyProblems(db, studiesOf(changed.studies))),
  ];
  if (problems.length > 0) {
    const [first] = problems;
    throw new ApiError('invalid', `${first?.path ?? ''} ${first?.message ?? ''}`, { fields: problems });
  }
  return { row, next, changed };
};
