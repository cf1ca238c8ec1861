import type { LeafRequest, SubjectAltName } from '../contract/certificate.ts';
import { isAtLeast } from '../contract/releases.ts';
import { kitJson } from './json.ts';
import { KitError } from './kit-error.ts';
import type { KitFile } from './kit-file.ts';
import type { KitSettings } from './settings.ts';

/**
 * Everything that kits for NVFLARE 2.10 have more than those for 2.9, as far as it is known before that release:
 * NVFLARE pull requests 5263 (certificates of jobs) and 5302 (studies in certificates), issue 5248 (renewal).
 */

const PREFIX = 'https://nvidia.com/nvflare/v1';
/** Most studies that a certificate may name. */
const MAX_STUDIES = 64;

const isCovered = ({ release }: KitSettings): boolean => isAtLeast(release, '2.10');

const hasJobCa = (settings: KitSettings): boolean =>
  isCovered(settings) && settings.projectProps.enable_job_ca !== false;

/**
 * The intermediate CA with which a server issues a certificate for each job: without it no job runs.
 *
 * @throws KitError `root_forbids_job_ca`
 */
export const jobCaRequest = (settings: KitSettings): { readonly jobCa?: LeafRequest } => {
  if (!hasJobCa(settings)) {
    return {};
  }
  if (settings.endRoot) {
    throw new KitError(
      'root_forbids_job_ca',
      'the root CA allows no CA below it (pathlen:0), and servers of NVFLARE 2.10 need a job CA: set enable_job_ca to false, or stay with 2.9',
    );
  }
  return {
    jobCa: {
      kind: 'job-ca',
      commonName: `job_ca.${settings.project}`.slice(0, 64),
      subjectAltNames: [{ type: 'uri', value: `${PREFIX}/ca/job` }],
    },
  };
};

/** startup/job_ca.crt and startup/job_ca.key of a server. */
export const jobCaFiles = (settings: KitSettings): readonly KitFile[] =>
  hasJobCa(settings)
    ? [
        {
          path: 'startup/job_ca.crt',
          mode: 0o644,
          content: ({ jobCa }) => jobCa?.certificatePem ?? '',
        },
        { path: 'startup/job_ca.key', mode: 0o600, content: ({ jobCa }) => jobCa?.privateKeyPem ?? '' },
      ]
    : [];

/** Part of local/comm_config.json: renewed certificates are taken without a restart. */
export const renewal = (settings: KitSettings): object =>
  isCovered(settings) && settings.projectProps.certificate_renewal === true
    ? { certificate_renewal: true }
    : {};

/** local/comm_config.json of a participant that needs none otherwise. */
export const renewalFile = (settings: KitSettings): readonly KitFile[] => {
  const content = renewal(settings);
  return Object.keys(content).length === 0
    ? []
    : [{ path: 'local/comm_config.json', mode: 0o644, content: kitJson(content) }];
};

/** Names for a console's certificate of the studies in which its user takes part. */
export const studyUris = (settings: KitSettings, email: string): readonly SubjectAltName[] =>
  isCovered(settings)
    ? Object.entries(settings.studies ?? {})
        .filter(([, { admins }]) => admins.includes(email))
        .slice(0, MAX_STUDIES)
        .map(([study]) => ({
          type: 'uri',
          value: `${PREFIX}/project/${encodeURIComponent(settings.project)}/study/${study}`,
        }))
    : [];
