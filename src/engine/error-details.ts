import { errorCode } from '../contract/error-code.ts';
import type { EngineErrorDetails } from './errors.ts';
import { errorStatus, errorText } from './error-text.ts';

/** Describes what was being done when an engine refused; decides what its words mean. */
export interface Attempt {
  /** For people: `create the container`. */
  readonly operation: string;
  readonly endpoint: string;
  readonly container?: string;
  readonly image?: string;
  readonly port?: number;
  readonly folder?: string;
  /** Lowest port that the engine may publish. */
  readonly lowestPort?: number;
}

const GONE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ESSH', 'ETIMEDOUT', 'EHOSTUNREACH']);

const PORT_TAKEN =
  /port is already allocated|address already in use|cannot listen on the TCP port|ports are not available|failed to bind (host )?port/i;
const PORT_FORBIDDEN =
  /cannot expose privileged port|ip_unprivileged_port_start|bind: permission denied|listen tcp[46]? \S+: bind: permission/i;
const NAME_TAKEN = /name .* is already in use|already in use by container|name .* in use/i;
const NO_IMAGE = /no such image|image not known|unable to find image|no such object/i;
const FOLDER =
  /bind source path does not exist|error (while )?creating mount source|mounts? denied|statfs .*no such file|invalid mount config|path .* is not shared|error mounting|no such file or directory.*mount/i;

const byWords = (text: string, attempt: Attempt): EngineErrorDetails | undefined => {
  const { container, image, port, folder } = attempt;
  if (port !== undefined && PORT_FORBIDDEN.test(text)) {
    return { code: 'port_forbidden', port, lowest: attempt.lowestPort ?? 1024 };
  }
  if (port !== undefined && PORT_TAKEN.test(text)) {
    return { code: 'port_taken', port, detail: text };
  }
  if (container !== undefined && NAME_TAKEN.test(text)) {
    return { code: 'name_taken', name: container };
  }
  if (image !== undefined && NO_IMAGE.test(text)) {
    return {
      code: 'image_unavailable',
      reference: image,
      operation: 'use',
      reason: 'not_found',
      detail: 'the engine does not have it',
      output: [],
    };
  }
  if (folder !== undefined && FOLDER.test(text)) {
    return { code: 'folder_missing', folder, detail: text };
  }
  return undefined;
};

/** Turns an engine's refusal, or its silence, into one of our failures. Pure. */
export const errorDetailsOf = (error: unknown, attempt: Attempt): EngineErrorDetails => {
  const status = errorStatus(error);
  const text = errorText(error);
  if (status === undefined && GONE.has(errorCode(error) ?? '')) {
    return { code: 'engine_lost', endpoint: attempt.endpoint, detail: text };
  }
  const known = byWords(text, attempt);
  if (known !== undefined) {
    return known;
  }
  if (status === 404 && attempt.container !== undefined) {
    return { code: 'container_missing', name: attempt.container };
  }
  return { code: 'engine_refused', operation: attempt.operation, statusCode: status, detail: text };
};

/** Why a registry, a build or an archive did not give an image. Pure. */
export const imageReason = (
  text: string,
): Extract<EngineErrorDetails, { readonly code: 'image_unavailable' }>['reason'] => {
  if (/no space left|disk quota/i.test(text)) {
    return 'disk_full';
  }
  if (/unauthorized|authentication required|denied|forbidden|no basic auth/i.test(text)) {
    return 'denied';
  }
  if (/not found|manifest unknown|no such image|name unknown|image not known/i.test(text)) {
    return 'not_found';
  }
  if (
    /dial tcp|lookup |i\/o timeout|no such host|connection refused|TLS handshake|network is unreachable|EOF$|proxyconnect|Client\.Timeout|temporary failure in name resolution/i.test(
      text,
    )
  ) {
    return 'network';
  }
  return 'failed';
};
