import type { RequestHolder } from '../../../contract/api/requests.ts';
import { ApiError } from '../../../contract/errors.ts';
import { planKit } from '../../../kits/plan-kit.ts';
import { KitError } from '../../../kits/kit-error.ts';
import type { KitParticipant, KitProject } from '../../../contract/kit.ts';
import type { LeafRequest } from '../../../contract/certificate.ts';
import type { Reader, Trx } from '../../store/database.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { participantsNamed } from '../../store/taken-names.ts';
import { kitError } from '../kits/kit-errors.ts';
import type { KitTarget } from '../kits/kit-participants.ts';
import type { RequestableLeaf } from './compare-request.ts';
import { refusedRequest } from './refused-request.ts';

/** The holder as the target of a kit. */
export const targetFor = ({ kind, id }: RequestHolder): KitTarget => {
  if (kind !== 'server') {
    return { kind, id };
  }
  if (id > 2) {
    throw new ApiError('not_found', 'There is no such server.');
  }
  return { kind, index: id === 2 ? 2 : 1 };
};

/**
 * Returns who a request with this common name is for: names are unique in a project.
 *
 * @throws ApiError `invalid` for a name that nobody has, or somebody else than `expected`
 */
export const holderNamed = async (
  db: Reader | Trx,
  project: ProjectRow,
  name: string,
  expected: RequestHolder | undefined,
): Promise<RequestHolder> => {
  const servers = [project.server1, project.server2].filter((server) => server !== '');
  const server = servers.indexOf(name);
  const [participant] = server === -1 ? await participantsNamed(db, [name.toLowerCase()]) : [];
  const found =
    server === -1
      ? participant && { kind: participant.kind, id: participant.id }
      : { kind: 'server' as const, id: server + 1 };
  if (found === undefined) {
    throw refusedRequest(`no site, person or server of this project is named ${JSON.stringify(name)}`);
  }
  if (expected !== undefined && (expected.kind !== found.kind || expected.id !== found.id)) {
    throw refusedRequest(`the request is for ${JSON.stringify(name)}, not for the one it was submitted for`);
  }
  return found;
};

/** Describes what the certificates of a participant are going to say. */
export interface RequestedLeaves {
  readonly own: RequestableLeaf;
  /** Of a site that listens for its own jobs. */
  readonly listener: LeafRequest | undefined;
}

/** @throws ApiError for what the project lacks */
export const leavesFor = (project: KitProject, participant: KitParticipant): RequestedLeaves => {
  try {
    const { own, listener } = planKit(project, participant);
    const { kind } = own;
    if (kind === 'overseer' || kind === 'listener' || kind === 'job-ca') {
      throw refusedRequest('an overseer or listener has no request of its own');
    }
    return { own: { ...own, kind }, listener };
  } catch (error) {
    throw error instanceof KitError ? kitError(error) : error;
  }
};
