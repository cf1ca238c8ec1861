import { afterAll, beforeAll, expect } from '@jest/globals';
import { dashboard } from './command.ts';
import { docker, makeFolder } from './surroundings.ts';
import { uniqueName } from '../support/unique-name.ts';

const BUILD_MS = 300_000;

const build = async (image: string): Promise<void> => {
  const folder = makeFolder();
  const built = await dashboard(['image', 'build', '-i', image], { cwd: folder.path });
  folder.remove();
  expect([built.exitCode, built.stderr]).toEqual([0, expect.stringMatching(/Built .*MB/)]);
};

/**
 * Gives the tests of a block our image under a name of their own, and removes that after them. The image is the one
 * that the run has built for all files; a file that runs alone builds it.
 *
 * @returns its reference
 */
export const useBuiltImage = (): string => {
  const image = `${uniqueName()}:e2e`;
  const ready = process.env['TEST_BUILT_IMAGE'];
  beforeAll(async () => {
    if (ready === undefined || docker('tag', ready, image).status !== 0) {
      await build(image);
    }
  }, BUILD_MS);
  afterAll(() => {
    docker('rmi', '-f', image);
  });
  return image;
};
