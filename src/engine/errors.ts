/** Why one place where an engine could be did not give one. */
export interface EndpointError {
  /** As DOCKER_HOST writes it: `unix:///var/run/docker.sock`, `tcp://host:2376`. */
  readonly endpoint: string;
  /** Source of the endpoint: `DOCKER_HOST`, `docker context "work"`, `Podman (rootless)`. */
  readonly source: string;
  readonly reason:
    | 'missing'
    | 'permission_denied'
    | 'refused'
    | 'unreachable'
    | 'tls'
    | 'ssh'
    | 'not_an_engine'
    | 'unsupported'
    | 'context_broken';
  /** The cause's own words, one line. */
  readonly detail: string;
}

/** Everything in which a call to the engine can end but success. */
export type EngineErrorDetails =
  | { readonly code: 'engine_not_found'; readonly tried: readonly EndpointError[] }
  | {
      readonly code: 'engine_too_old';
      readonly endpoint: string;
      readonly version: string;
      readonly apiVersion: string;
      readonly minimumApiVersion: string;
    }
  /** The engine responded before and does not any more. */
  | { readonly code: 'engine_lost'; readonly endpoint: string; readonly detail: string }
  | { readonly code: 'port_taken'; readonly port: number; readonly detail: string }
  /** A rootless engine may not publish this port; `lowest` is the first it may. */
  | { readonly code: 'port_forbidden'; readonly port: number; readonly lowest: number }
  | { readonly code: 'name_taken'; readonly name: string }
  | { readonly code: 'folder_missing'; readonly folder: string; readonly detail: string }
  | {
      readonly code: 'image_unavailable';
      readonly reference: string;
      /** `base`: the base image of a build. */
      readonly operation: 'use' | 'pull' | 'base' | 'build' | 'load' | 'save';
      readonly reason: 'not_found' | 'denied' | 'network' | 'disk_full' | 'failed';
      readonly detail: string;
      /** Last lines that the engine printed while it worked on the image. */
      readonly output: readonly string[];
    }
  /** An archive of images that cannot be read or written; the cause says why. */
  | { readonly code: 'archive_unusable'; readonly file: string; readonly operation: 'load' | 'save' }
  | { readonly code: 'container_missing'; readonly name: string }
  /** The engine made the container but its process never ran. */
  | { readonly code: 'start_refused'; readonly name: string; readonly detail: string }
  | {
      readonly code: 'container_died';
      readonly name: string;
      readonly exitCode: number;
      readonly outOfMemory: boolean;
      readonly restarts: number;
      /** Last lines of stdout and stderr, oldest first. */
      readonly lastLines: readonly string[];
    }
  /** It runs, but did not become ready in time. */
  | {
      readonly code: 'not_ready';
      readonly name: string;
      readonly waitedSeconds: number;
      readonly lastLines: readonly string[];
    }
  | {
      readonly code: 'engine_refused';
      readonly operation: string;
      readonly statusCode: number | undefined;
      readonly detail: string;
    }
  | { readonly code: 'aborted' };

export type EngineErrorCode = EngineErrorDetails['code'];

const sentence = (failure: EngineErrorDetails): string => {
  switch (failure.code) {
    case 'engine_not_found':
      return 'no container engine responds';
    case 'engine_too_old':
      return `the container engine ${failure.version} speaks API ${failure.apiVersion}; at least ${failure.minimumApiVersion} is needed`;
    case 'engine_lost':
      return `the container engine at ${failure.endpoint} stopped responding: ${failure.detail}`;
    case 'port_taken':
      return `port ${failure.port} is already in use`;
    case 'port_forbidden':
      return `a rootless engine may not publish port ${failure.port} (the lowest is ${failure.lowest})`;
    case 'name_taken':
      return `a container named ${failure.name} is already there`;
    case 'folder_missing':
      return `the engine cannot use the folder ${failure.folder}: ${failure.detail}`;
    case 'image_unavailable':
      return `cannot ${failure.operation === 'base' ? 'use the base' : `${failure.operation} the`} image ${failure.reference}: ${failure.detail}`;
    case 'archive_unusable':
      return `cannot ${failure.operation} the archive ${failure.file}`;
    case 'container_missing':
      return `there is no container ${failure.name}`;
    case 'start_refused':
      return `the engine could not start the container ${failure.name}: ${failure.detail}`;
    case 'container_died':
      return failure.outOfMemory
        ? `the container ${failure.name} ran out of memory`
        : `the container ${failure.name} ended with exit code ${failure.exitCode}`;
    case 'not_ready':
      return `the container ${failure.name} was not ready after ${failure.waitedSeconds} s`;
    case 'engine_refused':
      return `the engine refused to ${failure.operation}: ${failure.detail}`;
    case 'aborted':
      return 'interrupted';
  }
};

/** The only error that `src/engine` throws on purpose; `failure` is the closed union to switch over. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly failure: EngineErrorDetails;

  constructor(failure: EngineErrorDetails, options: ErrorOptions = {}) {
    super(sentence(failure), options);
    this.failure = failure;
  }

  get code(): EngineErrorCode {
    return this.failure.code;
  }
}
