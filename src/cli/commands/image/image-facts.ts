import type { ImageState } from '../../../engine/engine.ts';
import { formatBytes } from '../../output/format-bytes.ts';

/** Returns the lines about an image at the end of a command. */
export const imageFacts = ({ id, references, sizeBytes, architecture, dashboardVersion }: ImageState) => ({
  id,
  references,
  sizeBytes,
  architecture,
  ...(dashboardVersion === undefined ? {} : { version: dashboardVersion }),
});

export const imageLine = ({ id, references, sizeBytes }: ImageState): string =>
  `${references.join(', ') || id}: ${formatBytes(sizeBytes)}, ${id}`;
