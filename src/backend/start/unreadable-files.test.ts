import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { sessionKey } from '../auth/token-key.ts';
import { readTlsPair } from './tls-pair.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unreadable-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('names a session key that is a folder', async () => {
  await mkdir(join(folder, '.jwt-key'));
  await expect(sessionKey(folder, undefined)).rejects.toMatchObject({
    code: 'folderUnusable',
    message: `${join(folder, '.jwt-key')} cannot be read: it is a folder.`,
  });
});

it('serves no HTTP because cert is a file', async () => {
  await writeFile(join(folder, 'cert'), '');
  await expect(readTlsPair(folder)).rejects.toMatchObject({
    code: 'certificateBroken',
    message: expect.stringContaining('a part of its path is not a folder'),
  });
});

it('takes a folder without cert for one that is to be served by HTTP', async () => {
  expect(await readTlsPair(folder)).toBeUndefined();
});
