import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, ImageState } from '../../engine/engine.ts';
import { FAULTS } from '../errors/faults.ts';
import { formatBytes } from '../output/format-bytes.ts';
import type { Output } from '../output/output.ts';
import { packageVersion } from '../package-version.ts';
import type { Runtime } from '../runtime.ts';

/** Reference of our own image for this version of the package. */
export const ownImage = (packageRoot: string): string => `nvflare-dashboard:${packageVersion(packageRoot)}`;

/** Which image is wanted, and from what ours is built. */
export interface ImageWish {
  readonly image: string | undefined;
  readonly baseImage: string | undefined;
}

/** Builds our image from the context that the package ships. @throws EngineError, CliError `not_built` */
export const buildOwnImage = async (
  engine: Engine,
  wish: ImageWish & { readonly pull?: boolean },
  runtime: Runtime,
  output: Output,
): Promise<ImageState> => {
  const { packageRoot } = runtime;
  const entry = join(packageRoot, 'dist', 'server', 'main.js');
  if (!existsSync(entry)) throw FAULTS.notBuilt({ path: entry });
  const reference = wish.image ?? ownImage(packageRoot);
  output.step(`Building the image ${reference} …`);
  const request = {
    packageRoot,
    reference,
    ...(wish.baseImage === undefined ? {} : { baseImage: wish.baseImage }),
    ...(wish.pull === true ? { pull: true } : {}),
  };
  const image = await engine.buildImage(request, work(runtime, output));
  output.endProgress();
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

/** The image to run: there already, else built when it is ours, else pulled. @throws EngineError, CliError */
export const ensureImage = async (
  engine: Engine,
  wish: ImageWish,
  runtime: Runtime,
  output: Output,
): Promise<ImageState> => {
  const own = ownImage(runtime.packageRoot);
  const reference = wish.image ?? own;
  const there = await engine.inspectImage(reference, runtime.signal);
  if (there !== undefined) return there;
  return reference === own
    ? buildOwnImage(engine, wish, runtime, output)
    : pullImage(engine, reference, runtime, output);
};

/** What every work on an image takes: where its progress goes, and when to give up. */
export const work = (
  runtime: Runtime,
  output: Output,
): { readonly onProgress: Output['progress']; readonly signal: AbortSignal } => ({
  onProgress: (progress) => {
    output.progress(progress);
  },
  signal: runtime.signal,
});
