import { EngineError, type EndpointError, type EngineErrorDetails } from '../../engine/errors.ts';
import { CliError } from './cli-error.ts';
import { CLI_ERRORS } from './cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';

const REASONS: Readonly<Record<EndpointError['reason'], string>> = {
  missing: 'not there',
  permission_denied: 'permission denied',
  refused: 'connection refused',
  unreachable: 'cannot be reached',
  tls: 'TLS failed',
  not_an_engine: 'something else responds',
  ssh: 'ssh failed',
  unsupported: 'this address is not supported',
  context_broken: 'the context cannot be used',
};

/** Reasons that say little without the cause's own words. */
const EXPLAINED: ReadonlySet<EndpointError['reason']> = new Set([
  'ssh',
  'tls',
  'unsupported',
  'context_broken',
]);

const endpointLine = ({ endpoint, source, reason, detail }: EndpointError): string => {
  const cause = EXPLAINED.has(reason) ? ` (${detail.replace(/\.$/, '')})` : '';
  return `${endpoint} (${source}): ${REASONS[reason]}${cause}`;
};

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

const ARCHIVE_ADVICE = {
  load: 'Name an archive that `dashboard image save` or `docker save` wrote.',
  save: 'Name a file in a folder that this user may write, on a disk with room.',
} as const;

const NO_BUILD =
  'Load an image that another host saved (dashboard image load FILE), or run without an engine: add --local.';

type ImageUnavailable = Extract<EngineErrorDetails, { readonly code: 'image_unavailable' }>;

const imageUnavailable = (failure: ImageUnavailable, cause: Error): CliError => {
  const { reference, output: lines } = failure;
  const detail = failure.detail.replace(/\.$/, '');
  switch (failure.operation) {
    case 'load':
      return CLI_ERRORS.fileUnusable(
        { path: reference, reason: `it holds no image (${detail})`, advice: ARCHIVE_ADVICE.load },
        { cause, lines },
      );
    case 'base':
      return CLI_ERRORS.imageUnavailable(
        {
          what: `The base image ${reference} is unavailable: ${detail}.`,
          advice: `Name one that can be reached with --base-image. ${NO_BUILD}`,
        },
        { cause },
      );
    case 'build':
      return CLI_ERRORS.imageUnavailable(
        {
          what: `The image ${reference} could not be built: ${detail}.`,
          advice: `Try another base image with --base-image. ${NO_BUILD}`,
        },
        { cause, lines },
      );
    case 'use':
    case 'pull':
    case 'save':
      return CLI_ERRORS.imageUnavailable(
        { what: `The image ${reference} is unavailable: ${detail}.` },
        { cause, lines },
      );
  }
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
      return imageUnavailable(failure, cause);
    case 'archive_unusable':
      return CLI_ERRORS.fileUnusable(
        { path: failure.file, reason: systemReason(cause.cause), advice: ARCHIVE_ADVICE[failure.operation] },
        { cause },
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
