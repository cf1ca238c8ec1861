import { ProjectPatch, type ProjectView } from '../../../contract/api/project.ts';
import { ApiError } from '../../../contract/errors.ts';
import { ownKeyNameWarnings } from '../../../contract/own-key-names.ts';
import { keysWithoutEffect } from '../../../kits/keys-without-effect.ts';
import { authorize, isAllowed } from '../../auth/authorization.ts';
import { change, type ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { countTakingPart } from '../../store/organizations.ts';
import { countParticipants, readProject, updateProject, updateUnfrozenProject } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { keepSeen, type SeenVersions } from '../approvals/seen-version.ts';
import { freezeProject } from './freeze.ts';
import { kitSettingWarnings, previewWarnings } from './kit-settings.ts';
import { PROJECT_FROZEN, plannedChange } from './planned-change.ts';
import { projectView } from './project-view.ts';
import { seenProject } from './seen-project.ts';
import { hasMail } from '../outbox/queue-mail.ts';

interface ProjectWarning {
  readonly path: string;
  readonly message: string;
}

const NO_COUNTS = { clients: 0, organizations: 0, users: 0 };

/** Returns what a stranger gets to see of a project that is not public. */
const withoutTexts = (row: ProjectRow): ProjectRow => ({
  ...row,
  short_name: '',
  title: '',
  description: '',
  app_location: '',
  starting_date: '',
  end_date: '',
  sign_up_domains: '',
});

/** The project as far as the requester may see it. */
export const getProject = async (context: ServiceContext, requester: Requester): Promise<ProjectView> => {
  const db = context.db.reader;
  const [row, counts, organizations] = await Promise.all([
    readProject(db),
    countParticipants(db),
    countTakingPart(db),
  ]);
  const full = isAllowed(requester.principal, 'project.read_full');
  const view = { full, mail: hasMail(context) };
  if (!full && row.public === 0) {
    return projectView(withoutTexts(row), NO_COUNTS, view);
  }
  return projectView(row, { ...counts, organizations }, view);
};

/** Keys of a patch that change nothing because they are unknown or read-only, or that no startup kit uses. */
const ignoredKeys = (patch: ProjectPatch): string[] => [
  ...Object.keys(patch).filter((key) => !Object.hasOwn(ProjectPatch.shape, key)),
  ...keysWithoutEffect('project', patch.project_props ?? {}).map((path) => `project_props.${path}`),
  ...keysWithoutEffect('server', patch.server_props ?? {}).map((path) => `server_props.${path}`),
];

/**
 * Changes the project's settings, or freezes it with them.
 *
 * @param versions of the settings that the patch may be applied to; undefined for any
 * @returns the project, the keys of the patch that were ignored, and warnings about the others
 * @throws ApiError `unauthorized`, `project_frozen`, `invalid`, `project_incomplete`, `changed`
 */
export const patchProject = async (
  context: ServiceContext,
  requester: Requester,
  patch: ProjectPatch,
  versions?: SeenVersions,
): Promise<{ project: ProjectView; ignored: string[]; warnings: ProjectWarning[] }> => {
  authorize(requester.principal, 'project.change');
  if (patch.frozen === true) {
    await freezeProject(context, requester, patch, versions);
  } else {
    await change(context, requester, async (trx, audit) => {
      const { row, next, changed } = await plannedChange(trx, patch, versions);
      const keys = Object.keys(changed);
      if (keys.length === 0) {
        return;
      }
      if (next.frozen !== 0) {
        await updateProject(trx, changed);
      } else if (!(await updateUnfrozenProject(trx, changed))) {
        throw new ApiError('project_frozen', PROJECT_FROZEN);
      }
      await keepSeen(trx, seenProject(row), seenProject(next), toTimestamp(context.now()));
      await audit('project.change', 'project', { fields: keys });
    });
    if (patch.key_bits !== undefined) {
      context.kitResources.keys.resize(patch.key_bits);
    }
  }
  const project = await getProject(context, requester);
  const row = await readProject(context.db.reader);
  const warnings = [
    ...(patch.short_name === undefined ? [] : ownKeyNameWarnings(project.short_name)),
    ...kitSettingWarnings(row),
    ...(patch.target_release === undefined ? [] : previewWarnings(row)),
  ];
  return { project, ignored: ignoredKeys(patch), warnings };
};
