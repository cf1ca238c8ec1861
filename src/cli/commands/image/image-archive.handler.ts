import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { ownImage, work } from '../../deployment/container/ensure-image.ts';
import { findEngine } from '../../deployment/container/find-engine.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Handler } from '../../handler.ts';
import { imageFacts, imageLine } from './image-facts.ts';
import { parseFlags } from '../../settings/parse-flags.ts';

const RawSave = z.object({ image: z.string().min(1).optional() });

/** `dashboard image save`. */
export const save: Handler = async (flags, [file = ''], { runtime, output }) => {
  const reference = parseFlags(RawSave, flags).image ?? ownImage(runtime.packageRoot);
  const path = resolve(runtime.cwd, file);
  if (existsSync(path)) {
    throw CLI_ERRORS.fileUnusable({ path, reason: 'it exists', advice: 'Name a new file.' });
  }
  const engine = await findEngine(runtime);
  output.step(`Saving ${reference} …`);
  await engine.saveImage(reference, path, work(runtime, output));
  output.endProgress();
  return { data: { image: reference, file: path }, lines: [`Saved ${reference} as ${path}.`] };
};

/** `dashboard image load`. */
export const load: Handler = async (_flags, [file = ''], { runtime, output }) => {
  const path = resolve(runtime.cwd, file);
  const engine = await findEngine(runtime);
  output.step(`Loading ${path} …`);
  const images = await engine.loadImage(path, work(runtime, output));
  output.endProgress();
  return { data: { images: images.map(imageFacts) }, lines: images.map(imageLine) };
};
