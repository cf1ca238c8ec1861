import { AuthIdentityMap, settingsWithoutEffect } from '../../../contract/kit-settings.ts';
import { isPreview } from '../../../contract/releases.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { propsOf } from '../../store/stored-json.ts';
import { releaseOf } from './project-fields.ts';
import { studiesOf } from './studies.ts';

/** Stored identities; none for a text that holds something else. */
export const identitiesOf = (text: string): AuthIdentityMap =>
  AuthIdentityMap.safeParse(propsOf(text) ?? {}).data ?? {};

/** A stored flag that may be unset. */
export const flagOf = (stored: number | null): boolean | undefined =>
  stored === null ? undefined : stored !== 0;

/** Returns a warning for a release that is not out yet. */
export const previewWarnings = ({
  target_release: release,
}: Pick<ProjectRow, 'target_release'>): readonly { readonly path: string; readonly message: string }[] =>
  isPreview(releaseOf(release))
    ? [
        {
          path: 'target_release',
          message: `is a preview: NVFLARE ${release} is not released yet, and its kits may have to be downloaded again`,
        },
      ]
    : [];

/** Returns a warning for each setting that kits of the project's release do not depend on. */
export const kitSettingWarnings = (row: ProjectRow): ReturnType<typeof settingsWithoutEffect> =>
  settingsWithoutEffect(releaseOf(row.target_release), {
    require_signed_jobs: row.require_signed_jobs !== null,
    jemalloc: row.jemalloc !== 0,
    auth_identity_map: Object.keys(identitiesOf(row.auth_identity_map)).length > 0,
    studies: studiesOf(row.studies) !== undefined,
  });
