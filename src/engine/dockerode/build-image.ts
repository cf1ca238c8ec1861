import { randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { BuildRequest, ImageState, ImageWork } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { LABELS } from '../spec.ts';
import { withSignal } from './guard.ts';
import { followReports, imageGuarded } from './image-work.ts';
import { asReadable, counter, dropNameless, mustHave, type ImageLocation } from './images.ts';

/** The default base image, as the engine prints the step that declares it. */
const DEFAULT_BASE = /^ARG BASE_IMAGE=(\S+)$/;

/** Names the base image in the error of a build that ended while it was fetched. */
const baseFailure = (error: unknown, baseImage: string | undefined, lastStep: string): unknown => {
  if (!(error instanceof EngineError) || error.failure.code !== 'image_unavailable') {
    return error;
  }
  const { output } = error.failure;
  if (!lastStep.startsWith('FROM ')) {
    return error;
  }
  const standard = output.flatMap((line) => DEFAULT_BASE.exec(line)?.[1] ?? []).at(0);
  const reference = baseImage ?? standard ?? error.failure.reference;
  return new EngineError({ ...error.failure, operation: 'base', reference, output: [] }, { cause: error });
};

/** Removes what the classic builder leaves: the layers of stages, and of a build that failed. */
const dropStages = async (place: ImageLocation, stage: string): Promise<void> => {
  const filters = { dangling: ['true'], label: [`${LABELS.stage}=${stage}`] };
  try {
    for (const { Id } of await place.docker.listImages({ filters: JSON.stringify(filters) })) {
      await dropNameless(place, Id);
    }
  } catch {
    // They only take room; the image is what matters.
  }
};

/** Builds an image from a context. */
export const buildImage = (
  place: ImageLocation,
  request: BuildRequest,
  { onProgress, signal }: ImageWork,
): Promise<ImageState> => {
  const { reference, baseImage, pull, buildArguments } = request;
  const about = { reference, operation: 'build' as const, endpoint: place.identity.endpoint };
  return imageGuarded(about, signal, async () => {
    // Marks the layers of this very build, so that none of a build beside it is removed.
    const stage = randomUUID();
    let lastStep = '';
    const context = await request.context();
    const { totalBytes } = context;
    const counted = counter((sentBytes) => {
      onProgress?.({ kind: 'context', sentBytes: Math.min(sentBytes, totalBytes), totalBytes });
    });
    const sent = pipeline(context.tar, counted, signal === undefined ? {} : { signal });
    const response = place.docker.buildImage(
      counted,
      withSignal(
        {
          t: reference,
          dockerfile: context.dockerfile,
          buildargs: {
            ...buildArguments,
            VERSION: context.version,
            STAGE: stage,
            ...(baseImage === undefined ? {} : { BASE_IMAGE: baseImage }),
          },
          labels: { [LABELS.context]: context.digest },
          rm: true,
          forcerm: true,
          ...(pull === true ? { pull } : {}),
        },
        signal,
      ),
    );
    sent.catch(() => undefined);
    try {
      await followReports(asReadable(await response), about, (progress) => {
        lastStep = progress.kind === 'step' ? progress.text : lastStep;
        onProgress?.(progress);
      });
    } catch (error) {
      throw baseFailure(error, baseImage, lastStep);
    } finally {
      await dropStages(place, stage);
    }
    return mustHave(place, reference, 'build', signal);
  });
};
