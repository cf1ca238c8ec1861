import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { dashboard, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTE_MS = 60_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-3';
const PIN = 'Kit7pin42Relays';

/** Those above stand after those below them. */
const PROJECT = `project:
  short_name: relays
  server1: fl.example.org
  key_bits: 2048
  target_release: "2.9"
  frozen: true
sites:
  - { name: ward, organization: clinic, state: approved, props: { connect_to: { name: inner }, parent: hub } }
  - { name: hub, type: client, organization: clinic, state: approved, props: {} }
  - name: inner
    type: relay
    organization: clinic
    state: approved
    props: { listening_host: { default_host: inner.clinic.org, port: 8103 }, connect_to: { name: outer } }
  - name: outer
    type: relay
    organization: clinic
    state: approved
    props: { listening_host: { default_host: outer.clinic.org, port: 8102 } }
`;

const Applied = z.object({ state: z.string(), changes: z.array(z.string()) });
const Kit = z.object({ file: z.string() });
const Outdated = z.object({ kits: z.array(z.object({ name: z.string(), causes: z.array(z.string()) })) });
const KITS = ['server1', 'outer', 'inner', 'hub', 'ward'] as const;

const project = makeFolder();
const elsewhere = makeFolder();
const file = (...parts: readonly string[]): string => join(elsewhere.path, ...parts);
const read = (...parts: readonly string[]): string => readFileSync(file(...parts), 'utf8');
const content = (...parts: readonly string[]): unknown => JSON.parse(read(...parts));

const remote = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: elsewhere.path });
const json = async (...args: readonly string[]): Promise<unknown> => {
  const { stdout, stderr, exitCode } = await remote(...args, '--json');
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};

beforeAll(async () => {
  const port = String(await freePort());
  const started = await dashboard(['start', '--local', '-p', port, '--cred', `${CREDENTIAL}:org`], {
    cwd: project.path,
  });
  expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
  const login = ['login', '--url', `http://127.0.0.1:${port}`];
  const environment = { NVFL_CREDENTIAL: CREDENTIAL };
  expect((await dashboard(login, { cwd: elsewhere.path, environment })).exitCode).toBe(0);
  writeFileSync(file('project.yaml'), PROJECT);
  writeFileSync(file('pin'), `${PIN}\n`);
}, MINUTE_MS);
afterAll(async () => {
  await dashboard(['stop', '--local'], { cwd: project.path });
  project.remove();
  elsewhere.remove();
}, MINUTE_MS);

const fetchKit = async (name: string): Promise<void> => {
  const words = ['kit', 'get', name, '--pin-file', 'pin', '--encryption', 'zipcrypto'];
  const { file: zip } = Kit.parse(await json(...words));
  mkdirSync(file(name), { recursive: true });
  execFileSync('unzip', ['-qo', '-P', PIN, zip, '-d', file(name)]);
};

/** Whether one kit, connecting with its certificate, and another, listening with its own, accept each other. */
const meet = async (below: string, above: string, host: string): Promise<readonly boolean[]> => {
  const pair = (kit: string, name: string) => ({
    ca: read(kit, 'startup/rootCA.pem'),
    cert: read(kit, `startup/${name}.crt`),
    key: read(kit, `startup/${name}.key`),
  });
  const server = createServer({ ...pair(above, 'server'), requestCert: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z
    .object({ port: z.number() })
    .parse(server.address() satisfies AddressInfo | string | null);
  const accepted = new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve));
  const client = connect({ ...pair(below, 'client'), port, host: '127.0.0.1', servername: host });
  const [inside] = await Promise.all([accepted, once(client, 'secureConnect')]);
  const both = [client.authorized, inside.authorized];
  client.destroy();
  inside.destroy();
  server.close();
  return both;
};

describe('a project file with relays and parents in any order', () => {
  test(
    'is applied as a whole, and then finds nothing to do',
    async () => {
      const applied = Applied.parse(await json('apply', 'project.yaml'));
      expect(applied.state).toBe('applied');
      const added = applied.changes.filter((change) => change.startsWith('add'));
      expect(added.map((change) => change.split(' ')[2])).toEqual(['outer', 'inner', 'hub', 'ward']);
      expect(Applied.parse(await json('apply', 'project.yaml'))).toEqual({ state: 'unchanged', changes: [] });
      expect((await remote('apply', 'project.yaml', '--check')).exitCode).toBe(0);
      writeFileSync(file('exported.yaml'), (await remote('export')).stdout);
      expect((await remote('apply', 'exported.yaml', '--check')).exitCode).toBe(0);
    },
    MINUTE_MS,
  );

  test(
    'gives kits that name each other as they stand',
    async () => {
      for (const name of KITS) {
        await fetchKit(name);
      }
      expect(content('outer', 'startup/fed_relay.json')).toMatchObject({
        identity: 'outer',
        connect_to: { identity: 'fl.example.org', address: 'fl.example.org:8002', fqcn: 'server' },
      });
      expect(content('inner', 'startup/fed_relay.json')).toMatchObject({
        identity: 'inner',
        connect_to: { identity: 'outer', address: 'outer.clinic.org:8102', fqcn: 'outer' },
      });
      expect(content('inner', 'local/comm_config.json')).toMatchObject({
        internal: { resources: { port: 8103, connection_security: 'mtls' } },
      });
      expect(content('ward', 'local/relay__resources.json')).toMatchObject({
        relay_config: { identity: 'inner', address: 'inner.clinic.org:8103', fqcn: 'outer.inner' },
      });
      expect(content('ward', 'startup/fed_client.json')).toMatchObject({ client: { fqsn: 'hub.ward' } });
      expect(content('hub', 'startup/fed_client.json')).toMatchObject({ client: { fqsn: 'hub' } });
      expect(content('server1', 'startup/fed_server.json')).toMatchObject({
        servers: [{ auth_identity_map: { 'outer.inner': 'inner', 'outer.inner.ward': 'ward' } }],
      });
    },
    MINUTE_MS,
  );

  test.each([
    ['ward', 'inner', 'inner.clinic.org'],
    ['inner', 'outer', 'outer.clinic.org'],
    ['outer', 'server1', 'fl.example.org'],
    ['hub', 'server1', 'fl.example.org'],
  ])('lets %s connect to %s with the certificates of their kits', async (below, above, host) => {
    expect(await meet(below, above, host)).toEqual([true, true]);
  });

  test(
    'moves a site to another relay, which names every kit that this changes',
    async () => {
      writeFileSync(file('project.yaml'), PROJECT.replace('{ name: inner }', '{ name: outer }'));
      expect(Applied.parse(await json('apply', 'project.yaml')).state).toBe('applied');
      expect(Applied.parse(await json('apply', 'project.yaml'))).toEqual({ state: 'unchanged', changes: [] });
      const { kits } = Outdated.parse(await json('reissue', '--outdated'));
      expect(kits.map(({ name, causes }) => `${name} ${causes.join()}`)).toEqual([
        'fl.example.org hierarchy',
        'outer hierarchy',
        'hub hierarchy',
        'ward hierarchy,participant',
      ]);
    },
    MINUTE_MS,
  );
});
