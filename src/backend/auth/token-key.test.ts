import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sessionKey } from './token-key.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'token-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);
const textOf = async (key: Promise<Uint8Array>): Promise<string> => Buffer.from(await key).toString('hex');

describe('the key of the session tokens', () => {
  it('is made at the first start, for its owner alone, and stays', async () => {
    const key = await textOf(sessionKey(folder, undefined));
    expect(key).toHaveLength(64);
    expect((await stat(at('.jwt-key'))).mode & 0o777).toBe(0o600);
    expect(await textOf(sessionKey(folder, undefined))).toBe(key);
    expect(await readdir(folder)).toEqual(['.jwt-key']);
  });

  it('is made whole when an earlier start was killed while it wrote', async () => {
    await writeFile(at('.jwt-key.new'), 'abc');
    const key = await textOf(sessionKey(folder, undefined));
    expect((await readFile(at('.jwt-key'), 'utf8')).trim()).toBe(key);
    expect(await readdir(folder)).toEqual(['.jwt-key']);
  });

  it('stays as it was beside what a killed start left', async () => {
    const key = await textOf(sessionKey(folder, undefined));
    await writeFile(at('.jwt-key.new'), 'abc');
    expect(await textOf(sessionKey(folder, undefined))).toBe(key);
  });

  it('is not there at all when it cannot be written, and the start says what to do', async () => {
    await mkdir(at('.jwt-key.new'));
    await expect(sessionKey(folder, undefined)).rejects.toMatchObject({
      code: 'folderUnusable',
      advice: expect.stringContaining('project folder'),
    });
    expect(await readdir(folder)).toEqual(['.jwt-key.new']);
  });

  it.each(['', 'abcd'])('is not taken when the file holds %p', async (text) => {
    await writeFile(at('.jwt-key'), text, { mode: 0o600 });
    await expect(sessionKey(folder, undefined)).rejects.toMatchObject({ code: 'folderUnusable' });
    expect(await readFile(at('.jwt-key'), 'utf8')).toBe(text);
  });
});
