import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { productionClosure } from './package-closure.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'closure-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const install = async (place: string, manifest: Readonly<Record<string, unknown>> = {}) => {
  const file = join(folder, place, 'package.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ name: place.split('/').at(-1), version: '1.0.0', ...manifest }));
};

const places = async (root: string, names: readonly string[]) =>
  Object.fromEntries(
    (await productionClosure(join(folder, root), names)).map(({ place, folder: from }) => [
      place,
      from.slice(folder.length + 1),
    ]),
  );

test('a global install (nested) and a hoisted one give the same layout', async () => {
  for (const [root, modules] of [
    ['global/us', 'global/us/node_modules'],
    ['project/node_modules/us', 'project/node_modules'],
  ] as const) {
    await install(root);
    await install(`${modules}/a`, { dependencies: { b: '1' } });
    await install(`${modules}/b`);
    await install(`${modules}/unused`);
    expect(await places(root, ['a'])).toEqual({
      'node_modules/a': `${modules}/a`,
      'node_modules/b': `${modules}/b`,
    });
  }
});

test('two versions of a package lie where Node finds the right one', async () => {
  await install('us');
  await install('us/node_modules/a', { dependencies: { c: '1' } });
  await install('us/node_modules/b', { dependencies: { c: '2' } });
  await install('us/node_modules/c');
  await install('us/node_modules/b/node_modules/c');
  expect(await places('us', ['a', 'b'])).toEqual({
    'node_modules/a': 'us/node_modules/a',
    'node_modules/b': 'us/node_modules/b',
    'node_modules/c': 'us/node_modules/c',
    'node_modules/b/node_modules/c': 'us/node_modules/b/node_modules/c',
  });
});

test('packages that a store links are found where they really are', async () => {
  await install('store/us/node_modules/us');
  await install('store/a/node_modules/a', { dependencies: { b: '1' } });
  await install('store/a/node_modules/b');
  await symlink(join(folder, 'store/a/node_modules/a'), join(folder, 'store/us/node_modules/a'));
  expect(await places('store/us/node_modules/us', ['a'])).toEqual({
    'node_modules/a': 'store/a/node_modules/a',
    'node_modules/b': 'store/a/node_modules/b',
  });
});

test('what is only needed to install, or is optional and absent, is left out', async () => {
  await install('us');
  await install('us/node_modules/a', {
    dependencies: { 'prebuild-install': '1' },
    optionalDependencies: { absent: '1' },
  });
  await install('us/node_modules/prebuild-install');
  expect(await places('us', ['a'])).toEqual({ 'node_modules/a': 'us/node_modules/a' });
});

test('a dependency that is not installed is named', async () => {
  await install('us', { dependencies: { a: '1' } });
  await install('us/node_modules/a', { dependencies: { gone: '1' } });
  await expect(places('us', ['a'])).rejects.toThrow('the package gone, which a needs');
});
