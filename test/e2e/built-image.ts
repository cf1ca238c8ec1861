import { afterAll, beforeAll, expect } from '@jest/globals';
import { dashboard } from './command.ts';
import { docker, makeFolder } from './surroundings.ts';
import { uniqueName } from '../support/unique-name.ts';

const BUILD_MS = 300_000;

/** Builds our image before the tests of a block and removes it after them. @returns its reference */
export const useBuiltImage = (): string => {
  const image = `${uniqueName()}:e2e`;
  beforeAll(async () => {
    const folder = makeFolder();
    const built = await dashboard(['image', 'build', '-i', image], { cwd: folder.path });
    folder.remove();
    expect([built.exitCode, built.stderr]).toEqual([0, expect.stringMatching(/Built .*MB/)]);
  }, BUILD_MS);
  afterAll(() => {
    docker('rmi', '-f', image);
  });
  return image;
};
