import { X509Certificate } from 'node:crypto';
import { ApiError } from '../../../contract/errors.ts';
import type { KitProject } from '../../../contract/kit.ts';
import { pathLengthOf } from '../../../pki/own-root/require-ca.ts';
import type { ServerConfig } from '../../context/config.ts';
import type { ServiceContext } from '../../context/context.ts';
import { fileProperties } from '../project/file-properties.ts';
import { propsOf } from '../../store/stored-json.ts';
import type { Reader } from '../../store/database.ts';
import { peersOf } from '../../store/peers.ts';
import { leadingOrganization } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { flagOf, identitiesOf } from '../project/kit-settings.ts';
import { presentStudies, studiesOf } from '../project/studies.ts';
import { releaseOf } from '../project/project-fields.ts';

/**
 * Returns what kits need to know of the frozen project, with the project folder's properties file as it is now.
 *
 * @param db the open transaction, where there is one
 * @throws ApiError `project_incomplete` naming what is wrong with the properties file
 */
export const kitProject = async (
  context: Pick<ServiceContext, 'db'> & { readonly config: Pick<ServerConfig, 'webRoot'> },
  row: ProjectRow,
  db: Reader = context.db.reader,
): Promise<KitProject> => {
  const targetRelease = releaseOf(row.target_release);
  const file = await fileProperties(db, context.config.webRoot, row);
  if (file.problems.length > 0) {
    throw new ApiError('project_incomplete', `${file.source} in the project folder is wrong.`, {
      fields: file.problems,
    });
  }
  return {
    shortName: row.short_name,
    targetRelease,
    haMode: row.ha_mode !== 0,
    server1: row.server1,
    server2: row.server2,
    overseer: row.overseer,
    appLocation: row.app_location,
    organization: await leadingOrganization(db),
    projectProps: propsOf(row.project_props) ?? {},
    serverProps: propsOf(row.server_props) ?? {},
    fileProps: file.properties,
    requireSignedJobs: flagOf(row.require_signed_jobs),
    jemalloc: row.jemalloc !== 0,
    authIdentityMap: identitiesOf(row.auth_identity_map),
    studies: await presentStudies(db, studiesOf(row.studies)),
    peers: await peersOf(db),
    signedRoot: row.root_chain !== '',
    endRoot: row.root_cert !== null && pathLengthOf(new X509Certificate(row.root_cert)) === 0,
  };
};
