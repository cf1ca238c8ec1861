import { EngineError, type EndpointError, type EngineErrorDetails } from '../../engine/errors.ts';
import { CliError } from './cli-error.ts';
import { FAULTS } from './faults.ts';

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

const tell = ({ endpoint, source, reason }: EndpointError): string =>
  `${endpoint} (${source}): ${REASONS[reason]}`;

const notFound = (tried: readonly EndpointError[], cause: Error): CliError => {
  const denied = tried.find(({ reason }) => reason === 'permission_denied');
  const others = tried.filter((failure) => failure !== denied).map(tell);
  if (denied !== undefined) {
    return FAULTS.enginePermission({ endpoint: denied.endpoint }, { cause, lines: others });
  }
  const [only = 'there is nowhere to look', ...more] = others;
  return more.length === 0
    ? FAULTS.engineNotFound({ tried: only }, { cause })
    : FAULTS.engineNotFound({ tried: 'the addresses above were tried' }, { cause, lines: others });
};

const fromFailure = (failure: EngineErrorDetails, cause: Error): CliError => {
  switch (failure.code) {
    case 'engine_not_found':
      return notFound(failure.tried, cause);
    case 'engine_too_old':
      return FAULTS.engineTooOld(
        { version: failure.version, api: failure.apiVersion, minimum: failure.minimumApiVersion },
        { cause },
      );
    case 'engine_lost':
      return FAULTS.engineLost({ endpoint: failure.endpoint, reason: failure.detail }, { cause });
    case 'port_taken':
      return FAULTS.portTaken({ port: failure.port }, { cause });
    case 'port_forbidden':
      return FAULTS.portForbidden({ port: failure.port, lowest: failure.lowest }, { cause });
    case 'name_taken':
      return FAULTS.nameTaken({ name: failure.name }, { cause });
    case 'folder_missing':
      return FAULTS.folderMissing({ path: failure.folder }, { cause });
    case 'image_unavailable':
      return FAULTS.imageUnavailable(
        {
          what: `The image ${failure.reference} is unavailable: ${failure.detail.replace(/\.$/, '')}.`,
          offline: failure.operation === 'build',
        },
        { cause, lines: failure.output },
      );
    case 'not_ready':
      return FAULTS.notReady({ seconds: failure.waitedSeconds }, { cause, lines: failure.lastLines });
    case 'container_died':
      return FAULTS.backendFailed({ reason: cause.message }, { cause, lines: failure.lastLines });
    case 'aborted':
      return FAULTS.interrupted({}, { cause });
    case 'container_missing':
    case 'start_refused':
    case 'engine_refused':
      return FAULTS.engineRefused({ what: cause.message }, { cause });
  }
};

/** The catalogue's error for what the engine's port threw; undefined for anything else. */
export const engineErrorText = (thrown: unknown): CliError | undefined =>
  thrown instanceof EngineError ? fromFailure(thrown.failure, thrown) : undefined;
