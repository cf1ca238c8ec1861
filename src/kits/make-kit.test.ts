import { execFileSync } from 'node:child_process';
import { constants, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { kitIssuer } from '../../test/support/kit-issuer.ts';
import {
  kitPerson as admin,
  kitProject as project,
  kitSite as client,
} from '../../test/support/kit-project.ts';
import type { KitParticipant, KitProject } from '../contract/kit.ts';
import { supportsHighAvailability, TARGET_RELEASES } from '../contract/releases.ts';
import { generateKit } from './make-kit.ts';

const NOW = new Date();
const PIN = 'aB3d5678';
/** Its many runs take long where the machine has other work. */
const SHELLCHECK_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'kits-'));
const issuer = await kitIssuer('EXAM', NOW);

const server: KitParticipant = { kind: 'server', index: 1 };

let made = 0;
const unzipped = async (participant: KitParticipant, changes: Partial<KitProject> = {}): Promise<string> => {
  const kit = await generateKit({
    project: { ...project, ...changes },
    participant,
    pin: PIN,
    encryption: 'zipcrypto',
    issuer,
    now: NOW,
  });
  made += 1;
  const target = join(folder, `${made}`);
  const file = `${target}.zip`;
  writeFileSync(file, await buffer(kit.zip));
  execFileSync('unzip', ['-qq', '-P', PIN, file, '-d', target]);
  return target;
};

/** The folder that holds startup/: kits of 2.5 and earlier have one round it. */
const topOf = (kit: string): string =>
  readdirSync(kit).includes('startup') ? kit : join(kit, readdirSync(kit)[0] ?? '');

const modes = (kit: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(kit, { recursive: true, encoding: 'utf8' })
      .toSorted()
      .map((path) => [path, (statSync(join(kit, path)).mode & 0o777).toString(8)]),
  );

const json = (kit: string, path: string): unknown => JSON.parse(readFileSync(join(kit, path), 'utf8'));
const pem = (kit: string, name: string): X509Certificate =>
  new X509Certificate(readFileSync(join(kit, 'startup', name)));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a startup kit', () => {
  test('of a server holds the files of 2.9 with their modes', async () => {
    expect(modes(await unzipped(server))).toEqual({
      local: '755',
      'local/authorization.json.default': '644',
      'local/log_config.json.default': '644',
      'local/privacy.json.sample': '644',
      'local/resources.json.default': '644',
      'readme.txt': '644',
      startup: '755',
      'startup/docker.sh': '755',
      'startup/fed_server.json': '644',
      'startup/processes.sh': '644',
      'startup/rootCA.pem': '644',
      'startup/server.crt': '644',
      'startup/server.key': '600',
      'startup/signature.json': '644',
      'startup/start.sh': '755',
      'startup/stop_fl.sh': '755',
      'startup/sub_start.sh': '755',
      'startup/sync-denylist.sh': '755',
      'startup/verify.sh': '755',
      transfer: '755',
    });
  });

  test('of a console has local/ and its role in the certificate', async () => {
    const kit = await unzipped(admin);
    expect(Object.keys(modes(kit))).toEqual(
      expect.arrayContaining(['local', 'transfer', 'startup/fl_admin.sh']),
    );
    expect(pem(kit, 'client.crt').subject).toContain('unstructuredName=lead');
  });

  test.each([
    ['server', server, 'server'],
    ['client', client, 'client'],
    ['console', admin, 'client'],
  ] as const)('of a %s passes strict verification and holds the fitting key', async (_kind, who, name) => {
    const kit = await unzipped(who);
    const at = (file: string): string => join(kit, 'startup', file);
    const response = execFileSync('openssl', [
      'verify',
      '-x509_strict',
      '-CAfile',
      at('rootCA.pem'),
      at(`${name}.crt`),
    ]);
    expect(response.toString()).toContain('OK');
    const fromKey = createPublicKey(readFileSync(at(`${name}.key`))).export({ type: 'spki', format: 'pem' });
    expect(pem(kit, `${name}.crt`).publicKey.export({ type: 'spki', format: 'pem' })).toBe(fromKey);
  });

  test.each(TARGET_RELEASES)(
    'for %s has shellcheck-clean scripts and signatures that hold',
    async (release) => {
      for (const who of [server, client, admin]) {
        const kit = topOf(await unzipped(who, { targetRelease: release }));
        const names = readdirSync(join(kit, 'startup'));
        const scripts = names.filter((name) => name.endsWith('.sh'));
        execFileSync(
          'shellcheck',
          scripts.map((name) => join(kit, 'startup', name)),
        );
        const signatures = z.record(z.string(), z.string()).parse(json(kit, 'startup/signature.json'));
        expect(Object.keys(signatures).toSorted()).toEqual(
          names.filter((name) => name !== 'signature.json').toSorted(),
        );
        const key = new X509Certificate(issuer.rootCertificatePem).publicKey;
        for (const [name, signature] of Object.entries(signatures)) {
          const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 222 };
          const content = readFileSync(join(kit, 'startup', name));
          expect(verify('sha256', content, options, Buffer.from(signature, 'base64'))).toBe(true);
        }
      }
    },
    SHELLCHECK_MS,
  );

  test.each(TARGET_RELEASES.filter(supportsHighAvailability))(
    'for %s in HA mode has shellcheck-clean scripts, the overseer included',
    async (release) => {
      const participants = [
        { kind: 'overseer' },
        server,
        { kind: 'server', index: 2 },
        client,
        admin,
      ] as const;
      for (const who of participants) {
        const kit = topOf(await unzipped(who, { targetRelease: release, haMode: true }));
        const scripts = readdirSync(join(kit, 'startup')).filter((name) => name.endsWith('.sh'));
        expect(scripts).not.toEqual([]);
        execFileSync(
          'shellcheck',
          scripts.map((name) => join(kit, 'startup', name)),
        );
      }
    },
    SHELLCHECK_MS,
  );

  test.each([
    ['2.6', 'log_config.json.default'],
    ['2.5', 'log.config.default'],
  ] as const)('for %s brings the logging settings as %s', async (release, file) => {
    const kit = topOf(await unzipped(client, { targetRelease: release }));
    const names = readdirSync(join(kit, 'local')).filter((name) => name.startsWith('log'));
    expect(names).toEqual([file]);
  });

  test('names server, host names and addresses in the certificate', async () => {
    const kit = await unzipped(server, {
      serverProps: { default_host: 'fl.example.org', host_names: ['10.1.2.3', 'alt.example.org'] },
    });
    expect(pem(kit, 'server.crt').subjectAltName).toBe(
      'DNS:fl.example.org, DNS:server.example.org, IP Address:10.1.2.3, DNS:alt.example.org',
    );
  });

  test('takes the properties file before the stored properties', async () => {
    const kit = await unzipped(server, {
      serverProps: { fed_learn_port: 9000 },
      fileProps: { server: { fed_learn_port: 9100 }, project: { scheme: 'tcp' } },
    });
    expect(json(kit, 'startup/fed_server.json')).toMatchObject({
      servers: [{ service: { target: 'server.example.org:9100', scheme: 'tcp' }, admin_port: 9100 }],
    });
  });

  test('of a listening client brings a server certificate and comm_config.json', async () => {
    const kit = await unzipped({
      ...client,
      props: { listening_host: { default_host: 'node1', port: 9200 } },
    });
    expect(pem(kit, 'server.crt').subjectAltName).toBe('DNS:node1');
    expect(json(kit, 'local/comm_config.json')).toMatchObject({
      internal: { scheme: 'tcp', resources: { host: 'node1', port: 9200, connection_security: 'clear' } },
    });
  });

  test('in HA mode gives the second server ports of its own and sends all to the overseer', async () => {
    const ha = { targetRelease: '2.5', haMode: true } as const;
    const kit = join(await unzipped({ kind: 'server', index: 2 }, ha), 'second.example.org');
    expect(json(kit, 'startup/fed_server.json')).toMatchObject({
      servers: [{ service: { target: 'second.example.org:8102' }, admin_port: 8103 }],
      overseer_agent: {
        args: {
          overseer_end_point: 'https://overseer.example.org:8443/api/v1',
          fl_port: '8102',
          admin_port: '8103',
        },
      },
    });
    const overseer = join(await unzipped({ kind: 'overseer' }, ha), 'overseer.example.org');
    expect(modes(overseer)).toMatchObject({
      'startup/signature.json': '644',
      'startup/start.sh': '755',
      'startup/overseer.key': '600',
    });
    execFileSync('shellcheck', [join(overseer, 'startup/start.sh')]);
  });

  test('tells a site in HA mode what to reach and what to do after a failover', async () => {
    const readme = async (changes: Partial<KitProject>): Promise<string> =>
      readFileSync(join(topOf(await unzipped(client, changes)), 'readme.txt'), 'utf8');
    const ha = await readme({ targetRelease: '2.6', haMode: true });
    expect(ha).toContain(
      'reaches overseer.example.org:8443, server.example.org:8002, second.example.org:8102.',
    );
    expect(ha).toContain('stop and start this site');
    const plain = await readme({});
    expect(plain).toContain('reaches server.example.org:8002.');
    expect(plain).not.toContain('second server');
  });

  test.each([
    ['server', server],
    ['site', client],
  ])('names the runtimes of 2.9 and later to a %s', async (_, participant) => {
    const readme = async (targetRelease: KitProject['targetRelease']): Promise<string> =>
      readFileSync(join(topOf(await unzipped(participant, { targetRelease })), 'readme.txt'), 'utf8');
    expect(await readme('2.9')).toContain(`In this folder, for
Docker, jobs in containers of their own:
   printf '%s\\n' 'runtime: docker' 'parent: {docker_image: "nvflare/nvflare:2.9"}' > docker.yaml
   nvflare deploy prepare . --config docker.yaml
   prepared/docker/startup/start_docker.sh
Kubernetes, `);
    expect(await readme('2.10')).toContain('nvflare deploy k8s stage prepared/k8s');
    expect(await readme('2.8')).not.toContain('deploy prepare');
  });

  test.each([
    ['server_unnamed', { server1: '' }, server],
    ['high_availability_unsupported', { haMode: true }, server],
    ['no_high_availability', {}, { kind: 'server', index: 2 }],
    ['no_high_availability', {}, { kind: 'overseer' }],
    ['overseer_unnamed', { haMode: true, targetRelease: '2.5', overseer: '' }, server],
    ['second_server_unnamed', { haMode: true, targetRelease: '2.5', server2: '' }, server],
    ['ports_equal', { targetRelease: '2.6', serverProps: { fed_learn_port: 1, admin_port: '1' } }, server],
    ['properties_invalid', { serverProps: { fed_learn_port: 'x' } }, server],
  ] as const)('ends in %s', async (code, changes, participant) => {
    const order = {
      project: { ...project, ...changes },
      participant,
      pin: PIN,
      encryption: 'zipcrypto',
      issuer,
      now: NOW,
    } as const;
    const expected = code === 'ports_equal' ? /ports_equal|properties_invalid/ : new RegExp(code);
    await expect(generateKit(order)).rejects.toMatchObject({ code: expect.stringMatching(expected) });
  });

  test('can be encrypted with AES-256', async () => {
    const kit = await generateKit({
      project,
      participant: client,
      pin: PIN,
      encryption: 'aes256',
      issuer,
      now: NOW,
    });
    const zip = await buffer(kit.zip);
    const aesField = Buffer.from([0x01, 0x99, 0x07, 0x00, 0x02, 0x00, 0x41, 0x45, 0x03]);
    expect(zip.includes(aesField)).toBe(true);
    expect(zip.includes('BEGIN RSA PRIVATE KEY')).toBe(false);
  });
});
