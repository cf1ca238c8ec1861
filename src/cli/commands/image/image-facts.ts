import type { ImageState } from '../../../engine/engine.ts';
import { formatBytes } from '../../output/format-bytes.ts';

/** Returns the lines about an image at the end of a command. */
export const imageFacts = ({ id, references, sizeBytes, architecture, ourVersion }: ImageState) => ({
  id,
  references,
  sizeBytes,
  architecture,
  ...(ourVersion === undefined ? {} : { version: ourVersion }),
});

export const imageLine = ({ id, references, sizeBytes }: ImageState): string =>
  `${references.join(', ') || id}: ${formatBytes(sizeBytes)}, ${id}`;
