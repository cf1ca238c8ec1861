import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openKeyStock } from './key-stock.ts';

const KEY = Buffer.alloc(32, 1);
const PAIR = {
  bits: 2048,
  publicKeyDer: Buffer.from('public'),
  privateKeyPem: '-----BEGIN RSA PRIVATE KEY-----',
} as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'key-stock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const files = (): readonly string[] => readdirSync(join(folder, '.key-stock'));
const pairs = async (key = KEY) => (await openKeyStock(folder, key)).found.map(({ pair }) => pair);

describe('the stock of key pairs', () => {
  test('has a pair again after a restart, encrypted and readable by its owner alone', async () => {
    const { store } = await openKeyStock(folder, KEY);
    await store.save(PAIR);
    expect(await pairs()).toEqual([PAIR]);
    const [name = ''] = files();
    const path = join(folder, '.key-stock', name);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, '.key-stock')).mode & 0o777).toBe(0o700);
    expect(readFileSync(path, 'utf8')).not.toMatch(/PRIVATE|UFJJVkFURS/);
  });

  test('never has a pair again that was given up', async () => {
    const { store } = await openKeyStock(folder, KEY);
    const release = await store.save(PAIR);
    await release();
    expect(await pairs()).toEqual([]);
    await expect(release()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('lets only one of two who opened it have a pair', async () => {
    const { store } = await openKeyStock(folder, KEY);
    await store.save(PAIR);
    const [one, other] = [await openKeyStock(folder, KEY), await openKeyStock(folder, KEY)];
    const outcomes = await Promise.allSettled([...one.found, ...other.found].map(({ release }) => release()));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('has none in a copy of the folder, in which used pairs would come again', async () => {
    const { store } = await openKeyStock(folder, KEY);
    await store.save(PAIR);
    const copy = join(folder, 'copy');
    cpSync(join(folder, '.key-stock'), join(copy, '.key-stock'), {
      recursive: true,
      preserveTimestamps: true,
    });
    expect((await openKeyStock(copy, KEY)).found).toEqual([]);
    expect(await pairs()).toEqual([PAIR]);
  });

  test('removes what another root key sealed, what was changed, and unfinished files', async () => {
    const { store } = await openKeyStock(folder, KEY);
    await store.save(PAIR);
    expect(await pairs(Buffer.alloc(32, 2))).toEqual([]);
    expect(files()).toEqual([]);
    await store.save(PAIR);
    const [name = ''] = files();
    const path = join(folder, '.key-stock', name);
    writeFileSync(join(folder, '.key-stock', '0'.repeat(32)), readFileSync(path));
    writeFileSync(join(folder, '.key-stock', `${name}.4711`), 'unfinished');
    expect(await pairs()).toEqual([PAIR]);
    expect(files()).toEqual([name]);
  });
});
