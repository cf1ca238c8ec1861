import { pullImage } from '../../deployment/container/ensure-image.ts';
import { findEngine } from '../../deployment/container/find-engine.ts';
import type { Handler } from '../../handler.ts';
import { imageFacts, imageLine } from './image-facts.ts';

/** `dashboard image pull`. */
export const pull: Handler = async (_flags, [reference = ''], { runtime, output }) => {
  const image = await pullImage(await findEngine(runtime), reference, runtime, output);
  return { data: { image: imageFacts(image) }, lines: [imageLine(image)] };
};
