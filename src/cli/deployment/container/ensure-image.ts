import { existsSync } from 'node:fs';
import type { Engine, ImageState } from '../../../engine/engine.ts';
import { contextDigest, packContext } from './image-context/image-context.ts';
import { backendEntry } from '../../backend/backend-entry.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { formatBytes } from '../../output/format-bytes.ts';
import type { Output } from '../../output/output.ts';
import { packageVersion } from '../../package-version.ts';
import type { Runtime } from '../../runtime.ts';

/** Reference of our own image for this version of the package. */
export const ownImage = (packageRoot: string): string => `nvflare-dashboard:${packageVersion(packageRoot)}`;

/** Whether the package holds what our image is built from; a checkout need not. */
export const isBuilt = (packageRoot: string): boolean => existsSync(backendEntry(packageRoot));

/** Which image is wanted, and on which base it is built. */
export interface ImageOptions {
  readonly image: string | undefined;
  readonly baseImage: string | undefined;
}

/** Builds our image from the context that the package ships. @throws EngineError, CliError `not_built` */
export const buildOwnImage = async (
  engine: Engine,
  options: ImageOptions & { readonly pull?: boolean },
  runtime: Runtime,
  output: Output,
): Promise<ImageState> => {
  const { packageRoot } = runtime;
  if (!isBuilt(packageRoot)) {
    throw CLI_ERRORS.notBuilt({ path: backendEntry(packageRoot) });
  }
  const reference = options.image ?? ownImage(packageRoot);
  output.step(`Building the image ${reference} …`);
  const request = {
    context: () => packContext(packageRoot),
    reference,
    ...(options.baseImage === undefined ? {} : { baseImage: options.baseImage }),
    ...(options.pull === true ? { pull: true } : {}),
  };
  const { signal, onProgress } = work(runtime, output);
  const replaced = await engine.inspectImage(reference, signal);
  const image = await engine.buildImage(request, {
    signal,
    // What the steps print matters only when one fails; the error brings it then.
    onProgress: (progress) => {
      if (progress.kind !== 'line') {
        onProgress(progress);
      }
    },
  });
  output.endProgress();
  if (replaced !== undefined && replaced.id !== image.id) {
    await engine.dropNameless(replaced.id, signal);
  }
  output.step(`Built ${reference}, ${formatBytes(image.sizeBytes)}.`);
  return image;
};

/** @throws EngineError `image_unavailable` */
export const pullImage = async (
  engine: Engine,
  reference: string,
  runtime: Runtime,
  output: Output,
): Promise<ImageState> => {
  output.step(`Pulling the image ${reference} …`);
  const image = await engine.pullImage(reference, work(runtime, output));
  output.endProgress();
  return image;
};

/**
 * Why our image has to be built anew; undefined when it is what this package would build. Another base counts only
 * when one was asked for: an image that was loaded or built on another base by hand is as good.
 */
const stale = (image: ImageState, digest: string, baseImage: string | undefined): string | undefined => {
  if (image.context !== digest) {
    return 'it was built from another state of this package';
  }
  return baseImage === undefined || image.base === baseImage
    ? undefined
    : `it stands on ${image.base ?? 'another base'} instead of ${baseImage}`;
};

/**
 * The image to run: there already, else built when it is this package's, else pulled. This package's is built again when it is
 * not what would be built now, on the base it had unless another is named.
 *
 * @throws EngineError, CliError
 */
export const ensureImage = async (
  engine: Engine,
  options: ImageOptions,
  runtime: Runtime,
  output: Output,
): Promise<ImageState> => {
  const own = ownImage(runtime.packageRoot);
  const reference = options.image ?? own;
  const there = await engine.inspectImage(reference, runtime.signal);
  if (reference !== own) {
    return there ?? pullImage(engine, reference, runtime, output);
  }
  if (there === undefined) {
    return buildOwnImage(engine, options, runtime, output);
  }
  const { packageRoot } = runtime;
  if (!isBuilt(packageRoot)) {
    return there;
  }
  const reason = stale(there, await contextDigest(packageRoot), options.baseImage);
  if (reason === undefined) {
    return there;
  }
  output.step(`The image ${reference} is replaced: ${reason}.`);
  return buildOwnImage(engine, { ...options, baseImage: options.baseImage ?? there.base }, runtime, output);
};

/** Returns the options of every work on an image: where its progress goes, and when to give up. */
export const work = (
  runtime: Runtime,
  output: Output,
): { readonly onProgress: Output['progress']; readonly signal: AbortSignal } => ({
  onProgress: (progress) => {
    output.progress(progress);
  },
  signal: runtime.signal,
});
