import { ProjectPatch, type ProjectView } from '../../../contract/api/project.ts';
import { signUpModeOf } from '../../../contract/sign-up-modes.ts';
import type { KeyBits } from '../../../contract/certificate.ts';
import { ruleOf } from '../../auth/second-factor-rule.ts';
import { CHANGEABLE_WHEN_FROZEN } from './planned-change.ts';
import { flagOf, identitiesOf } from './kit-settings.ts';
import { domainsOf, encryptionPolicyOf, originOf, releaseOf } from './project-fields.ts';
import { propsOf } from '../../store/stored-json.ts';
import { studiesOf } from './studies.ts';
import { versionOf } from '../approvals/seen-version.ts';
import { seenProject } from './seen-project.ts';
import type { ProjectRow } from '../../store/schema.ts';

export interface ProjectCounts {
  readonly clients: number;
  readonly organizations: number;
  readonly users: number;
}

const SETTINGS = Object.keys(ProjectPatch.shape).filter((key) => key !== 'frozen');

/** A stored key size; 3072 for a number that is none. */
export const keyBitsOf = (bits: number): KeyBits => (bits === 2048 || bits === 4096 ? bits : 3072);

const kitSettings = (row: ProjectRow): Pick<ProjectView, 'auth_identity_map' | 'studies'> => {
  const identities = identitiesOf(row.auth_identity_map);
  const studies = studiesOf(row.studies);
  return {
    ...(Object.keys(identities).length === 0 ? {} : { auth_identity_map: identities }),
    ...(studies === undefined ? {} : { studies }),
  };
};

/**
 * The project as the API shows it.
 *
 * @param view `full` false for a stranger: host names are empty then and the properties absent
 */
export const projectView = (
  row: ProjectRow,
  counts: ProjectCounts,
  { full, mail }: { readonly full: boolean; readonly mail: boolean },
): ProjectView => {
  const projectProps = full ? propsOf(row.project_props) : undefined;
  const serverProps = full ? propsOf(row.server_props) : undefined;
  return {
    frozen: row.frozen !== 0,
    changeable: row.frozen === 0 ? SETTINGS : [...CHANGEABLE_WHEN_FROZEN],
    public: row.public !== 0,
    cc_mode: row.cc_mode !== 0,
    short_name: row.short_name,
    title: row.title,
    description: row.description,
    app_location: row.app_location,
    starting_date: row.starting_date,
    end_date: row.end_date,
    server1: full ? row.server1 : '',
    server2: full ? row.server2 : '',
    overseer: full ? row.overseer : '',
    ha_mode: row.ha_mode !== 0,
    ...(projectProps === undefined ? {} : { project_props: projectProps }),
    ...(serverProps === undefined ? {} : { server_props: serverProps }),
    num_clients: counts.clients,
    num_orgs: counts.organizations,
    num_users: counts.users,
    target_release: releaseOf(row.target_release),
    target_release_origin: originOf(row.target_release_origin),
    zip_encryption: encryptionPolicyOf(row.zip_encryption),
    key_bits: keyBitsOf(row.key_bits),
    root_valid_days: row.root_valid_days,
    leaf_valid_days: row.leaf_valid_days,
    require_signed_jobs: flagOf(row.require_signed_jobs) ?? null,
    jemalloc: row.jemalloc !== 0,
    ...(full ? kitSettings(row) : {}),
    mail,
    sign_up: signUpModeOf(row.sign_up, row.public !== 0),
    sign_up_domains: domainsOf(row.sign_up_domains),
    contact: row.contact,
    privacy_notice: row.privacy_notice,
    terms: row.terms,
    terms_version: row.terms_version,
    color: row.color,
    logo: row.logo,
    ...(full ? { second_factor: ruleOf(row.second_factor), version: versionOf(seenProject(row)) } : {}),
  };
};
