import type { ProjectPatch } from '../../../contract/api/project.ts';
import { ApiError, type FieldProblem } from '../../../contract/errors.ts';
import type { Trx } from '../../store/database.ts';
import { readProject, type ProjectChange } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { propsOf } from '../../store/stored-json.ts';
import { serverNamesOf } from '../names/claimed-names.ts';
import { requireFreeName, SERVER_CLAIMANT, type NameUse } from '../names/require-free-name.ts';
import { changesOf, projectProblems } from './project-fields.ts';

/** Why nothing can be changed any more. */
const PROJECT_FROZEN = 'The project is frozen; its settings cannot be changed any more.';

/** Settings that the root CA does not depend on, so that they can be changed in a frozen project. */
const CHANGEABLE_WHEN_FROZEN: ReadonlySet<string> = new Set<keyof ProjectPatch>([
  'public',
  'target_release',
]);

/** A patch that freezes again is refused as well: it would need another root CA. */
const isAllowedWhenFrozen = (patch: ProjectPatch): boolean => {
  const keys = Object.keys(patch);
  return keys.length > 0 && keys.every((key) => CHANGEABLE_WHEN_FROZEN.has(key));
};

const conflictProblems = async (
  trx: Trx,
  name: string,
  path: string,
  use: NameUse = 'name',
): Promise<readonly FieldProblem[]> => {
  try {
    await requireFreeName(trx, name, SERVER_CLAIMANT, { path, use });
    return [];
  } catch (error) {
    if (error instanceof ApiError && error.fields !== undefined) return error.fields;
    throw error;
  }
};

const takenProblems = async (trx: Trx, changed: ProjectChange): Promise<readonly FieldProblem[]> => {
  const problems: FieldProblem[] = [];
  for (const path of ['server1', 'server2', 'overseer'] as const) {
    const name = changed[path];
    if (name !== undefined && name !== '') problems.push(...(await conflictProblems(trx, name, path)));
  }
  if (changed.server_props !== undefined)
    for (const name of serverNamesOf(propsOf(changed.server_props)))
      problems.push(...(await conflictProblems(trx, name, 'server_props', 'listener')));
  return problems;
};

/**
 * Applies a patch to the row as it is now.
 *
 * @returns the row as it becomes and what differs
 * @throws ApiError `project_frozen`, `invalid` with the fields that are wrong
 */
export const plannedChange = async (
  trx: Trx,
  patch: ProjectPatch,
): Promise<{ next: ProjectRow; changed: ProjectChange }> => {
  const row = await readProject(trx);
  if (row.frozen !== 0 && !isAllowedWhenFrozen(patch)) throw new ApiError('project_frozen', PROJECT_FROZEN);
  const changed = changesOf(row, patch);
  const next: ProjectRow = { ...row, ...changed };
  const problems = [...projectProblems(next, changed), ...(await takenProblems(trx, changed))];
  if (problems.length > 0) {
    const [first] = problems;
    throw new ApiError('invalid', `${first?.path ?? ''} ${first?.message ?? ''}`, { fields: problems });
  }
  return { next, changed };
};
