import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import { z } from 'zod';
import type { EngineIdentity, ImageState, ImageWork } from '../engine.ts';
import { errorStatus } from '../error-text.ts';
import { splitReference } from '../image/reference.ts';
import { raceAbort } from '../race-abort.ts';
import { imageState } from './responses.ts';
import { guarded, withSignal } from './guard.ts';
import { archiveFailure, followReports, imageFailure, imageGuarded } from './image-work.ts';
import type { RegistryCredential } from '../image/credential.ts';

/** Parts of an engine that every image call needs. */
export interface ImageLocation {
  readonly docker: Docker;
  readonly identity: EngineIdentity;
  readonly credentialFor: (reference: string) => Promise<RegistryCredential | undefined>;
}

const NOT_FOUND = 404;
const IN_USE = 409;

export const asReadable = (stream: NodeJS.ReadableStream): Readable =>
  stream instanceof Readable ? stream : new Readable().wrap(stream);

/** Passes bytes on and counts them. */
export const counter = (onBytes: (bytes: number) => void): Transform => {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      onBytes(bytes);
      done(null, chunk);
    },
  });
};

/** References of all images that have one. */
export const listImages = (
  { docker, identity }: ImageLocation,
  signal?: AbortSignal,
): Promise<readonly string[]> =>
  guarded({ operation: 'list the images', endpoint: identity.endpoint }, signal, async () => {
    const images = await raceAbort(docker.listImages(), signal);
    // Podman leaves the list out where Docker sends an empty one.
    const Tags = z.array(z.string()).nullish();
    return images
      .flatMap(({ RepoTags }) => Tags.parse(RepoTags) ?? [])
      .filter((tag) => !tag.includes('<none>'));
  });

/** Undefined when the engine does not have the image. */
export const inspectImage = (
  { docker, identity }: ImageLocation,
  reference: string,
  signal?: AbortSignal,
): Promise<ImageState | undefined> =>
  guarded({ operation: 'inspect the image', endpoint: identity.endpoint }, signal, async () => {
    try {
      return imageState(await raceAbort(docker.getImage(reference).inspect(), signal));
    } catch (error) {
      if (errorStatus(error) === NOT_FOUND) {
        return undefined;
      }
      throw error;
    }
  });

/** Removes an untagged image and the layers that no other image uses. */
export const dropNameless = async (place: ImageLocation, id: string, signal?: AbortSignal): Promise<void> => {
  const image = await inspectImage(place, id, signal);
  if (image === undefined || image.references.length > 0) {
    return;
  }
  const about = { operation: 'remove the replaced image', endpoint: place.identity.endpoint };
  await guarded(about, signal, async () => {
    try {
      await raceAbort(place.docker.getImage(id).remove(), signal);
    } catch (error) {
      const status = errorStatus(error);
      if (status !== NOT_FOUND && status !== IN_USE) {
        throw error;
      }
    }
  });
};

/** @throws EngineError `image_unavailable` when the engine does not have what it reported */
export const mustHave = async (
  place: ImageLocation,
  reference: string,
  operation: 'pull' | 'build' | 'load',
  signal: AbortSignal | undefined,
): Promise<ImageState> => {
  const image = await inspectImage(place, reference, signal);
  if (image !== undefined) {
    return image;
  }
  throw imageFailure(reference, operation, 'the engine reported success but does not have it');
};

export const pullImage = (
  place: ImageLocation,
  reference: string,
  { onProgress, signal }: ImageWork,
): Promise<ImageState> => {
  const about = { reference, operation: 'pull' as const, endpoint: place.identity.endpoint };
  return imageGuarded(about, signal, async () => {
    const { name, tag } = splitReference(reference);
    const credential = await place.credentialFor(reference);
    const query = withSignal({ _query: { fromImage: name, tag }, _body: {} }, signal);
    const reports =
      credential === undefined
        ? await place.docker.createImage(query)
        : await place.docker.createImage({ ...credential }, query);
    await followReports(asReadable(reports), about, onProgress);
    return mustHave(place, reference, 'pull', signal);
  });
};

export const saveImage = (
  place: ImageLocation,
  reference: string,
  file: string,
  { onProgress, signal }: ImageWork,
): Promise<void> => {
  const about = { reference, operation: 'save' as const, endpoint: place.identity.endpoint };
  return imageGuarded(about, signal, async () => {
    const image = await inspectImage(place, reference, signal);
    if (image === undefined) {
      throw imageFailure(reference, 'save', 'no such image');
    }
    const totalBytes = image.sizeBytes;
    const part = `${file}.part`;
    const handle = await open(part, 'w', 0o600).catch((cause: unknown) => {
      throw archiveFailure(file, 'save', cause);
    });
    try {
      const source = await raceAbort(place.docker.getImage(reference).get(), signal);
      const counted = counter((bytes) => {
        onProgress?.({ kind: 'archive', bytes, totalBytes });
      });
      const target = handle.createWriteStream();
      let unwritten: Error | undefined;
      target.once('error', (error) => (unwritten = error));
      await pipeline(source, counted, target, signal === undefined ? {} : { signal }).catch(
        (error: unknown) => {
          throw error === unwritten ? archiveFailure(file, 'save', error) : error;
        },
      );
      await rename(part, file);
    } catch (error) {
      await handle.close().catch(() => undefined);
      await rm(part, { force: true });
      throw error;
    }
  });
};

/** @throws EngineError `archive_unusable` */
const openArchive = async (file: string): Promise<FileHandle> => {
  const handle = await open(file).catch((cause: unknown) => {
    throw archiveFailure(file, 'load', cause);
  });
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw archiveFailure(file, 'load', new Error('it is a folder'));
  }
  return handle;
};

const LOADED = /^Loaded image(?: ID|\(s\))?: (.+)$/;

export const loadImage = (
  place: ImageLocation,
  file: string,
  { onProgress, signal }: ImageWork,
): Promise<readonly ImageState[]> => {
  const about = { reference: file, operation: 'load' as const, endpoint: place.identity.endpoint };
  return imageGuarded(about, signal, async () => {
    const handle = await openArchive(file);
    const totalBytes = (await handle.stat()).size;
    const counted = counter((bytes) => {
      onProgress?.({ kind: 'archive', bytes, totalBytes });
    });
    const read = pipeline(handle.createReadStream(), counted, signal === undefined ? {} : { signal });
    read.catch(() => undefined);
    const reports = await place.docker.loadImage(counted, withSignal({ quiet: false }, signal));
    const printed = await followReports(asReadable(reports), about, onProgress);
    const references = printed
      .map((line) => LOADED.exec(line)?.[1])
      .filter((reference) => reference !== undefined)
      .flatMap((list) => list.split(','));
    if (references.length === 0) {
      throw imageFailure(file, 'load', 'the archive holds no image');
    }
    return Promise.all(references.map((each) => mustHave(place, each.trim(), 'load', signal)));
  });
};
