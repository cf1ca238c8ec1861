import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openStore } from './open-store.ts';
import { watchDatabase } from './watch-database.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'one-dashboard-'));
});
afterEach(() => rm(folder, { recursive: true }));

const config = () => ({
  ...{ webRoot: folder, host: '127.0.0.1', port: 0, logLevel: 'silent', metrics: false, drainSeconds: 0 },
  ...{ credential: undefined, passphrase: undefined, secretKey: undefined },
  database: { engine: 'sqlite', file: join(folder, 'db.sqlite') } as const,
});
const ignore = (): void => undefined;
const silent = { info: ignore, warn: ignore, error: ignore };

test('refuses a second backend on the folder, naming the first, until that one has closed', async () => {
  const { db } = await openStore(config(), silent);
  await expect(openStore(config(), silent)).rejects.toMatchObject({
    code: 'folderInUse',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  await db.close();
  const again = await openStore(config(), silent);
  await again.db.close();
});

test('refuses a short passphrase for a root CA to come', async () => {
  await expect(openStore({ ...config(), passphrase: 'seven77' }, silent)).rejects.toMatchObject({
    code: 'badConfiguration',
    message: 'The passphrase is shorter than 8 characters.',
  });
  const { db } = await openStore({ ...config(), passphrase: 'eight888' }, silent);
  await db.close();
});

test('logs once that the database file was moved', async () => {
  const { db } = await openStore(config(), silent);
  await rename(join(folder, 'db.sqlite'), join(folder, 'old.sqlite'));
  const logged: string[] = [];
  const log = {
    ...silent,
    error: (_fields: object, message: string) => {
      logged.push(message);
    },
  };
  let checks = 0;
  await new Promise<void>((resolve) => {
    const check = (): Promise<void> => {
      checks += 1;
      if (checks === 3) {
        stop();
        resolve();
      }
      return db.check();
    };
    const stop = watchDatabase({ ...db, check }, log, 5);
  });
  expect(logged).toEqual(['The database file was moved, deleted or replaced; changes are refused.']);
  await db.close();
});
