import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { BackendProcess } from '../soak/backend-process.ts';
import { until } from '../support/until.ts';

const PASSPHRASE = 'a passphrase for the root key';
const SITES = 12;
const ROUNDS = 6;
const KITS_PER_ROUND = 4;
const READY = /^nvflare_dashboard_key_pairs_ready (\d+)$/m;
const Keys = z.array(z.object({ key: z.string() }));

let backend: BackendProcess | undefined;
afterEach(() => backend?.remove());

const pairsReady = async ({ url }: BackendProcess): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(READY.exec(text)?.[1]);
};

/** Approves sites and freezes. @returns a function that requests a site's kit */
const prepare = async (environment: Readonly<Record<string, string>>): Promise<BackendProcess> => {
  backend = await BackendProcess.prepare({ environment: { NVFL_METRICS: '1', ...environment } });
  await backend.start();
  const token = await backend.logIn();
  for (let index = 1; index <= SITES; index += 1) {
    const body = { name: `site-${index}`, organization: 'hospital' };
    expect((await backend.ask({ method: 'POST', path: '/clients', token, body })).status).toBe(201);
    const approval = { method: 'PATCH', path: `/clients/${index}`, token, body: { approval_state: 100 } };
    expect((await backend.ask(approval)).status).toBe(200);
  }
  const project = { short_name: 'stock', server1: 'fl.example.org', key_bits: 2048, frozen: true };
  const frozen = await backend.ask({ method: 'PATCH', path: '/project', token, body: project });
  expect(frozen.status).toBe(200);
  return backend;
};

const issuedKeys = ({ folder }: BackendProcess): readonly string[] => {
  const database = new Database(join(folder, 'db.sqlite'), { readonly: true });
  const rows = database.prepare('select public_key_sha256 as key from certificate').all();
  database.close();
  return Keys.parse(rows).map(({ key }) => key);
};

const stockText = ({ folder }: BackendProcess): string =>
  readdirSync(join(folder, '.key-stock'))
    .map((name) => readFileSync(join(folder, '.key-stock', name), 'utf8'))
    .join('\n');

test('has its key pairs again after kill -9, and never gives one to two kits', async () => {
  const running = await prepare({});
  await until(async () => (await pairsReady(running)) >= SITES, 60_000);
  let most = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const token = await running.logIn();
    let finished = 0;
    const kits = Array.from({ length: KITS_PER_ROUND }, (_none, index) => {
      const path = `/clients/${1 + ((round * KITS_PER_ROUND + index) % SITES)}/blob`;
      return running
        .ask({ method: 'POST', path, token, body: { pin: 'Pin4Zip9' } })
        .then(() => (finished += 1))
        .catch(() => undefined);
    });
    // Each time at another moment: before, between and after what is written.
    await until(() => finished >= round % KITS_PER_ROUND);
    await running.kill();
    await Promise.all(kits);
    await running.start();
    // A pair may have been generated before the earlier ones are read.
    const kept = readdirSync(join(running.folder, '.key-stock')).length;
    await until(async () => (await pairsReady(running)) >= kept, 15_000);
    most = Math.max(most, kept);
  }
  const keys = issuedKeys(running);
  expect(keys.length).toBeGreaterThan(0);
  expect(new Set(keys).size).toBe(keys.length);
  expect(most).toBeGreaterThanOrEqual(SITES);
}, 120_000);

test('keeps the stock sealed until the root key is open', async () => {
  const running = await prepare({ NVFL_DASHBOARD_PP: PASSPHRASE });
  await until(async () => (await pairsReady(running)) >= SITES, 60_000);
  expect(await running.stop()).toBe(0);
  expect(stockText(running)).not.toMatch(/PRIVATE KEY|UFJJVkFURSBLRVk/);
  const sealed = await BackendProcess.prepare({
    folder: running.folder,
    environment: { NVFL_METRICS: '1' },
  });
  backend = sealed;
  await sealed.start();
  expect(await pairsReady(sealed)).toBe(0);
  const token = await sealed.logIn();
  const body = { passphrase: PASSPHRASE };
  expect((await sealed.ask({ method: 'POST', path: '/unseal', token, body })).status).toBe(200);
  await until(async () => (await pairsReady(sealed)) >= SITES, 15_000);
  expect((await pairsReady(sealed)) >= SITES).toBe(true);
}, 120_000);
