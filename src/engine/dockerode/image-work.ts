import type { Readable } from 'node:stream';
import { errorCode } from '../../contract/error-code.ts';
import { isAborted } from '../aborted.ts';
import { EngineError, type EngineErrorDetails } from '../errors.ts';
import type { ImageWork } from '../engine.ts';
import { errorText } from '../error-text.ts';
import { imageReason } from '../error-details.ts';
import { readReport } from '../image/progress.ts';
import { readNdjson } from '../ndjson.ts';

const KEPT_LINES = 20;

type Operation = Extract<EngineErrorDetails, { readonly code: 'image_unavailable' }>['operation'];

/** Turns any error of work on an image into an EngineError. */
export const imageFailure = (
  reference: string,
  operation: Operation,
  detail: string,
  output: readonly string[] = [],
): EngineError =>
  new EngineError({
    code: 'image_unavailable',
    reference,
    operation,
    reason: imageReason(detail),
    detail,
    output,
  });

/** The error for an archive of this host that cannot be read or written. */
export const archiveFailure = (file: string, operation: 'load' | 'save', cause: unknown): EngineError =>
  new EngineError({ code: 'archive_unusable', file, operation }, { cause });

/** Runs work on an image; what it throws becomes `aborted`, `engine_lost` or `image_unavailable`. */
export const imageGuarded = async <T>(
  about: { readonly reference: string; readonly operation: Operation; readonly endpoint: string },
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> => {
  const { reference, operation, endpoint } = about;
  if (isAborted(signal)) {
    throw new EngineError({ code: 'aborted' });
  }
  try {
    return await work();
  } catch (error) {
    if (isAborted(signal)) {
      throw new EngineError({ code: 'aborted' }, { cause: error });
    }
    if (error instanceof EngineError) {
      throw error;
    }
    if (errorCode(error) === 'ECONNREFUSED' || errorCode(error) === 'ECONNRESET') {
      throw new EngineError({ code: 'engine_lost', endpoint, detail: errorText(error) }, { cause: error });
    }
    throw imageFailure(reference, operation, errorText(error));
  }
};

/**
 * Follows the engine's reports to their end.
 *
 * @returns all lines that the engine printed
 * @throws EngineError `image_unavailable` when a report tells a failure, whatever the HTTP status was
 */
export const followReports = async (
  source: Readable,
  about: { readonly reference: string; readonly operation: Operation },
  onProgress: ImageWork['onProgress'],
): Promise<readonly string[]> => {
  const printed: string[] = [];
  for await (const document of readNdjson(source)) {
    const reported = readReport(document);
    if ('failure' in reported) {
      source.destroy();
      const last = printed.slice(-KEPT_LINES);
      throw imageFailure(about.reference, about.operation, reported.failure, last);
    }
    for (const progress of reported.progress) {
      if (progress.kind === 'line' || progress.kind === 'step') {
        printed.push(progress.text);
      }
      onProgress?.(progress);
    }
  }
  return printed;
};
