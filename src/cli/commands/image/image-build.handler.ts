import { z } from 'zod';
import { buildOwnImage } from '../../deployment/container/ensure-image.ts';
import { findEngine } from '../../deployment/container/find-engine.ts';
import type { Handler } from '../../handler.ts';
import { imageFacts, imageLine } from './image-facts.ts';
import { parseFlags } from '../../settings/parse-flags.ts';

const RawBuild = z.object({
  image: z.string().min(1).optional(),
  baseImage: z.string().min(1).optional(),
  pull: z.boolean().optional(),
});

/** `dashboard image build`. */
export const buildImage: Handler = async (flags, _words, { runtime, output }) => {
  const { image, baseImage, pull } = parseFlags(RawBuild, flags);
  const options = {
    image,
    baseImage: baseImage ?? runtime.environment['NVFL_BASE_IMAGE'],
    pull: pull === true,
  };
  const built = await buildOwnImage(await findEngine(runtime), options, runtime, output);
  return { data: { image: imageFacts(built) }, lines: [imageLine(built)] };
};
