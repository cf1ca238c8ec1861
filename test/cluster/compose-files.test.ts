import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { ENVIRONMENT, SECRET_FILES } from '../../src/contract/environment.ts';
import { makeWebPair } from '../support/web-pair.ts';

const COMPOSE = join(import.meta.dirname, '..', '..', 'deploy', 'compose');
const KNOWN: ReadonlySet<string> = new Set([
  ...Object.values(ENVIRONMENT),
  ...Object.values(SECRET_FILES).flat(),
]);

const Compose = z.looseObject({
  services: z.record(
    z.string(),
    z.looseObject({
      environment: z.record(z.string(), z.string()).default({}),
      networks: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]),
      secrets: z.array(z.looseObject({ source: z.string() })).default([]),
    }),
  ),
  secrets: z.record(z.string(), z.unknown()),
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compose-files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const run = (program: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
};

test('Compose accepts the file, and every service gets known settings, secrets as files and its networks', () => {
  const { status, stdout, stderr } = run('docker-compose', ['-f', join(COMPOSE, 'compose.yaml'), 'config']);
  expect([status, stderr]).toEqual([0, '']);
  const { services, secrets } = Compose.parse(parse(stdout));
  const { dashboard, database, proxy } = services;
  expect(Object.keys(dashboard?.environment ?? {}).filter((name) => !KNOWN.has(name))).toEqual([]);
  const mounted = new Set(dashboard?.secrets.map(({ source }) => `/run/secrets/${source}`));
  const named = Object.entries(dashboard?.environment ?? {}).filter(([name]) => name.endsWith('_FILE'));
  expect(named).toHaveLength(4);
  expect(named.filter(([, path]) => !mounted.has(path))).toEqual([]);
  expect(Object.keys(database?.networks ?? {})).not.toEqual(Object.keys(proxy?.networks ?? {}));
  const used = Object.values(services).flatMap((service) => service.secrets.map(({ source }) => source));
  expect([...new Set(used)].sort()).toEqual(Object.keys(secrets).sort());
});

test('HAProxy accepts its configuration', () => {
  makeWebPair(folder, 'localhost', 2);
  const pem = join(folder, 'web.pem');
  const pair = ['web.crt', 'web.key'].map((name) => readFileSync(join(folder, 'cert', name), 'utf8'));
  writeFileSync(pem, pair.join(''));
  const file = join(folder, 'haproxy.cfg');
  const written = readFileSync(join(COMPOSE, 'haproxy.cfg'), 'utf8');
  expect(written).toContain('/run/secrets/web.pem');
  writeFileSync(file, written.replace('/run/secrets/web.pem', pem));
  const { status, stderr } = run('haproxy', ['-c', '-f', file]);
  expect([status, stderr]).toEqual([0, expect.not.stringMatching(/warning|alert/i)]);
});
