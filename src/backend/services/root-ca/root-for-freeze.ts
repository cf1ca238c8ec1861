import { createPublicKey, X509Certificate } from 'node:crypto';
import { ApiError, type FieldProblem } from '../../../contract/errors.ts';
import { readOwnRoot } from '../../../pki/own-root/own-root.ts';
import { pathLengthOf } from '../../../pki/own-root/require-ca.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { GeneratedRoot } from '../../root-ca/root-ca-keeper.ts';
import { readPreparedRoot } from '../../store/prepared-root.ts';
import type { PreparedRootRow, ProjectRow } from '../../store/schema.ts';
import { propsOf } from '../../store/stored-json.ts';
import { isAtLeast } from '../../../contract/releases.ts';
import { releaseOf } from '../project/project-fields.ts';
import { keyBitsOf } from '../project/project-view.ts';
import { refusingFields } from './prepared-root.ts';

/** The root CA that a freeze takes. */
export interface RootForFreeze {
  readonly made: GeneratedRoot;
  /** PEM of the CAs above; empty for a self-signed root. */
  readonly chain: string;
  /** Of the root that waited; undefined where one was generated. */
  readonly preparedId: string | undefined;
}

const UNSIGNED = {
  path: 'root',
  code: 'root_unsigned',
  message:
    "The request for the project's root CA is not signed yet: import the certificate, or discard the request.",
} as const;

/**
 * Why a root that another CA signed cannot be used with these settings: Python's TLS, which the other transports and
 * consoles up to 2.6 use, trusts it only together with the CAs above, and would then let in whatever those have signed.
 */
const signedRootProblems = (
  project: Pick<ProjectRow, 'project_props' | 'target_release'>,
): readonly FieldProblem[] => {
  const message =
    'A root CA that another CA signed works with gRPC and NVFLARE 2.7 or later only: others would also trust every certificate of the CA above.';
  const scheme = propsOf(project.project_props)?.['scheme'];
  return [
    ...(scheme === undefined || scheme === 'grpc'
      ? []
      : [{ path: 'project_props.scheme', code: 'root_needs_grpc', message } as const]),
    ...(isAtLeast(releaseOf(project.target_release), '2.7')
      ? []
      : [{ path: 'target_release', code: 'root_needs_grpc', message } as const]),
  ];
};

/** Why a root that allows no CA below it cannot be used: servers of 2.10 need one that issues certificates for jobs. */
const jobCaProblems = (
  certificate: string,
  project: Pick<ProjectRow, 'project_props' | 'target_release'>,
): readonly FieldProblem[] =>
  isAtLeast(releaseOf(project.target_release), '2.10') &&
  propsOf(project.project_props)?.['enable_job_ca'] !== false &&
  pathLengthOf(new X509Certificate(certificate)) === 0
    ? [
        {
          path: 'target_release',
          code: 'root_forbids_job_ca',
          message:
            'The root CA allows no CA below it (pathlen:0), and servers of NVFLARE 2.10 need one that issues certificates for jobs. Choose 2.9, set enable_job_ca to false, or import another root CA.',
        },
      ]
    : [];

/** Why the root that waits cannot be used yet; nothing where it can, or where none waits. */
const preparedRootProblems = (
  row: PreparedRootRow | undefined,
  project: ProjectRow,
): readonly FieldProblem[] => {
  if (row === undefined) {
    return [];
  }
  if (row.certificate === '') {
    return [UNSIGNED];
  }
  return [
    ...(row.chain === '' ? [] : signedRootProblems(project)),
    ...jobCaProblems(row.certificate, project),
  ];
};

/**
 * Returns the root CA that waits for the freeze, checked again, or generates one.
 *
 * @throws ApiError `project_incomplete`, `invalid`, `sealed`, `unavailable`
 */
export const rootForFreeze = async (context: ServiceContext, planned: ProjectRow): Promise<RootForFreeze> => {
  const row = await readPreparedRoot(context.db.reader);
  const [problem, ...more] = preparedRootProblems(row, planned);
  if (problem !== undefined) {
    throw new ApiError('project_incomplete', problem.message, { fields: [problem, ...more] });
  }
  if (row === undefined) {
    const made = await context.rootCa.make({
      commonName: planned.short_name,
      validDays: planned.root_valid_days,
      keyBits: keyBitsOf(planned.key_bits),
      now: context.now(),
    });
    return { made, chain: '', preparedId: undefined };
  }
  const { certificatePem, chainPem } = refusingFields('certificate', () =>
    readOwnRoot(row.certificate + row.chain, {
      publicKey: createPublicKey(row.public_key),
      commonName: planned.short_name,
      now: context.now(),
    }),
  );
  return {
    made: await context.rootCa.openPrepared(row.stored_key, certificatePem),
    chain: chainPem,
    preparedId: row.id,
  };
};
