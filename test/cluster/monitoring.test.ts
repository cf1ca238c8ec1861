import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { BackendProcess } from '../soak/backend-process.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

const MONITORING = join(import.meta.dirname, '..', '..', 'deploy', 'monitoring');
const NAME = /\b(?:nvflare_dashboard|process|nodejs)_\w+/g;

let server: PostgresServer;
let backend: BackendProcess;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await backend.remove();
});

const start = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
  backend = await BackendProcess.prepare({ environment: { NVFL_METRICS: '1', ...environment } });
  await backend.start();
};

const metrics = async (): Promise<string> => (await fetch(`${backend.url}/metrics`)).text();

const promtool = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' });
  return { status, text: `${stdout}${stderr}` };
};

test('serves figures that promtool accepts, with people waiting and certificates by expiry', async () => {
  await start();
  const token = await backend.logIn();
  const ask = (method: string, path: string, body: object) => backend.ask({ method, path, token, body });
  await ask('POST', '/clients', { name: 'site-1', organization: 'hospital' });
  const validity = { root_valid_days: 400, leaf_valid_days: 20 };
  const project = {
    short_name: 'study',
    server1: 'fl.example.org',
    key_bits: 2048,
    frozen: true,
    ...validity,
  };
  expect(await ask('PATCH', '/project', project)).toMatchObject({ status: 200 });
  expect(await ask('POST', '/servers/1/blob', {})).toMatchObject({ status: 200 });
  const text = await metrics();
  expect(promtool(['check', 'metrics'], text)).toEqual({ status: 0, text: '' });
  for (const line of [
    'nvflare_dashboard_database_up 1',
    'nvflare_dashboard_participants{kind="site",state="pending"} 1',
    'nvflare_dashboard_participants{kind="user",state="approved"} 1',
    'nvflare_dashboard_certificates_expiring{days="7"} 0',
    'nvflare_dashboard_certificates_expiring{days="30"} 1',
    'nvflare_dashboard_key_pairs_target 32',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
  const expiry = (kind: string): number => {
    const name = `nvflare_dashboard_certificate_not_after_seconds{kind="${kind}"} `;
    const seconds = Number(
      text
        .split('\n')
        .find((line) => line.startsWith(name))
        ?.slice(name.length),
    );
    return Math.round((seconds - Date.now() / 1000) / 86_400);
  };
  expect([expiry('root'), expiry('server')]).toEqual([400, 20]);
});

test('tells that the database is down while it is', async () => {
  await start({ DATABASE_URL: await server.createDatabase() });
  await server.down();
  const text = await metrics();
  await server.up();
  expect(text).toContain('nvflare_dashboard_database_up 0\n');
  expect(text).not.toContain('nvflare_dashboard_participants');
});

test('alerts and the Grafana dashboard use only figures that are served, and promtool accepts the rules', async () => {
  await start();
  const token = await backend.logIn();
  const project = { short_name: 'study', server1: 'fl.example.org', key_bits: 2048, frozen: true };
  expect(await backend.ask({ method: 'PATCH', path: '/project', token, body: project })).toMatchObject({
    status: 200,
  });
  const rules = join(MONITORING, 'alerts.yml');
  expect(promtool(['check', 'rules', rules])).toMatchObject({ status: 0 });
  const text = await metrics();
  for (const file of ['alerts.yml', 'grafana.json']) {
    const used = new Set(readFileSync(join(MONITORING, file), 'utf8').match(NAME));
    expect(used.size).toBeGreaterThan(5);
    expect([...used].filter((name) => !text.includes(name))).toEqual([]);
  }
});
