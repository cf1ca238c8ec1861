import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { secureFiles } from './secure-files.ts';

let folder: string;
let lines: { readonly fields: object; readonly message: string }[];

const note = (fields: object, message: string): void => {
  lines = [...lines, { fields, message }];
};
const log = { info: note, warn: note, error: note };

beforeEach(async () => {
  lines = [];
  folder = await mkdtemp(join(tmpdir(), 'secure-files-'));
  await mkdir(join(folder, 'cert'));
  for (const name of ['db.sqlite', '.jwt-key', 'cert/web.key', 'cert/web.crt']) {
    await writeFile(join(folder, name), '', { mode: 0o600 });
  }
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (name: string): Promise<string> =>
  ((await stat(join(folder, name))).mode & 0o777).toString(8);

it('says nothing of a folder that is closed', async () => {
  expect(await secureFiles(folder, log)).toBe(0);
  expect(lines).toEqual([]);
});

it('closes keys, database and folder, names each, and leaves the certificate alone', async () => {
  for (const name of ['db.sqlite', '.jwt-key', 'cert/web.key', 'cert/web.crt']) {
    await chmod(join(folder, name), 0o664);
  }
  await chmod(folder, 0o755);
  expect(await secureFiles(folder, log)).toBe(4);
  const modes = await Promise.all(['db.sqlite', '.jwt-key', 'cert/web.key', '', 'cert/web.crt'].map(modeOf));
  expect(modes).toEqual(['600', '600', '600', '700', '664']);
  expect(lines[1]?.message).toBe(
    `${join(folder, 'db.sqlite')} was open to others (mode 664); its mode is 600 now.`,
  );
  expect(await secureFiles(folder, log)).toBe(0);
});

it('closes a folder silently before the first start', async () => {
  await rm(join(folder, 'db.sqlite'));
  await chmod(folder, 0o755);
  expect(await secureFiles(folder, log)).toBe(0);
  expect(await modeOf('')).toBe('700');
});
