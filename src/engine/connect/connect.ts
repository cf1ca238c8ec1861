import { isAborted } from '../aborted.ts';
import { EngineError, type EndpointError } from '../errors.ts';
import type { Engine } from '../engine.ts';
import { storedCredential } from '../image/credential.ts';
import { engineCandidates, type Candidate } from './candidates.ts';
import { formatEndpoint } from '../endpoint.ts';
import { socketFailure } from './socket-failure.ts';
import type { HostEnvironment } from '../host-environment.ts';

const tryCandidate = async (
  candidate: Candidate,
  surroundings: HostEnvironment,
  signal: AbortSignal | undefined,
): Promise<Engine | EndpointError> => {
  if ('failure' in candidate) {
    return candidate.failure;
  }
  const { endpoint, source } = candidate;
  const place = { endpoint: formatEndpoint(endpoint), source };
  if (endpoint.kind === 'unix') {
    const failure = await socketFailure(endpoint.path);
    if (failure !== undefined) {
      return { ...place, ...failure };
    }
  }
  // Loading dockerode takes longer than most commands that need no engine.
  const { openEngine } = await import('../dockerode/open-engine.ts');
  const credentialFor = (reference: string) => storedCredential(surroundings, reference);
  return openEngine(endpoint, source, credentialFor, signal);
};

/**
 * Finds the engine: DOCKER_HOST, else DOCKER_CONTEXT, else the current docker context, else the well-known
 * sockets. What the user named is the only one tried.
 *
 * @throws EngineError `engine_not_found` with every endpoint tried and why, `engine_too_old`, `aborted`
 */
export const connectEngine = async (surroundings: HostEnvironment, signal?: AbortSignal): Promise<Engine> => {
  const tried: EndpointError[] = [];
  for (const candidate of await engineCandidates(surroundings)) {
    if (isAborted(signal)) {
      throw new EngineError({ code: 'aborted' });
    }
    const outcome = await tryCandidate(candidate, surroundings, signal);
    if ('identity' in outcome) {
      return outcome;
    }
    tried.push(outcome);
  }
  throw new EngineError({ code: 'engine_not_found', tried });
};
