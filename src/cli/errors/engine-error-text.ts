import { EngineError, type EndpointError, type EngineErrorDetails } from '../../engine/errors.ts';
import { CliError } from './cli-error.ts';
import { CLI_ERRORS } from './cli-errors.ts';

const REASONS: Readonly<Record<EndpointError['reason'], string>> = {
  missing: 'not there',
  permission_denied: 'permission denied',
  refused: 'connection refused',
  unreachable: 'cannot be reached',
  tls: 'TLS failed',
  not_an_engine: 'something else answers',
  unsupported: 'this kind of address is not supported',
  context_broken: 'the context is broken',
};

const endpointLine = ({ endpoint, source, reason }: EndpointError): string =>
  `${endpoint} (${source}): ${REASONS[reason]}`;

const notFound = (tried: readonly EndpointError[], cause: Error): CliError => {
  const denied = tried.find(({ reason }) => reason === 'permission_denied');
  const others = tried.filter((failure) => failure !== denied).map(endpointLine);
  if (denied !== undefined) {
    return CLI_ERRORS.enginePermission({ endpoint: denied.endpoint }, { cause, lines: others });
  }
  const [only = 'there is nowhere to look', ...more] = others;
  return more.length === 0
    ? CLI_ERRORS.engineNotFound({ tried: only }, { cause })
    : CLI_ERRORS.engineNotFound({ tried: 'the addresses above were tried' }, { cause, lines: others });
};

const fromFailure = (failure: EngineErrorDetails, cause: Error): CliError => {
  switch (failure.code) {
    case 'engine_not_found':
      return notFound(failure.tried, cause);
    case 'engine_too_old':
      return CLI_ERRORS.engineTooOld(
        { version: failure.version, api: failure.apiVersion, minimum: failure.minimumApiVersion },
        { cause },
      );
    case 'engine_lost':
      return CLI_ERRORS.engineLost({ endpoint: failure.endpoint, reason: failure.detail }, { cause });
    case 'port_taken':
      return CLI_ERRORS.portTaken({ port: failure.port }, { cause });
    case 'port_forbidden':
      return CLI_ERRORS.portForbidden({ port: failure.port, lowest: failure.lowest }, { cause });
    case 'name_taken':
      return CLI_ERRORS.nameTaken({ name: failure.name }, { cause });
    case 'folder_missing':
      return CLI_ERRORS.folderMissing({ path: failure.folder }, { cause });
    case 'image_unavailable':
      return CLI_ERRORS.imageUnavailable(
        {
          what: `The image ${failure.reference} is unavailable: ${failure.detail.replace(/\.$/, '')}.`,
          offline: failure.operation === 'build',
        },
        { cause, lines: failure.output },
      );
    case 'not_ready':
      return CLI_ERRORS.notReady({ seconds: failure.waitedSeconds }, { cause, lines: failure.lastLines });
    case 'container_died':
      return CLI_ERRORS.backendFailed({ reason: cause.message }, { cause, lines: failure.lastLines });
    case 'aborted':
      return CLI_ERRORS.interrupted({}, { cause });
    case 'container_missing':
    case 'start_refused':
    case 'engine_refused':
      return CLI_ERRORS.engineRefused({ what: cause.message }, { cause });
  }
};

/** The catalogue's error for what the engine's port threw; undefined for anything else. */
export const engineErrorText = (error: unknown): CliError | undefined =>
  error instanceof EngineError ? fromFailure(error.failure, error) : undefined;
