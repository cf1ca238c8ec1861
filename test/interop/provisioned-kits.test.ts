import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KitParticipant, KitProject, Peer } from '../../src/contract/kit.ts';
import { planKit } from '../../src/kits/plan-kit.ts';
import { render } from '../../src/kits/render.ts';
import { prepareNvflare } from '../prepare/nvflare.js';

const { environments, reason } = await prepareNvflare(['2.9']);
const venv = environments['2.9'];
const folder = mkdtempSync(join(tmpdir(), 'interop-provisioned-kits-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('NVIDIA FLARE 2.9 is available', () => {
  expect(process.env['CI'] === 'true' ? reason : undefined).toBeUndefined();
});

const SERVER = 'fl.example.org';
const ADMIN = 'admin@example.org';
const listener = (host: string, port: number) => ({
  scheme: 'grpc',
  default_host: host,
  host_names: [`alias-of-${host}`],
  port,
  connection_security: 'mtls',
});
const RELAYS = {
  'relay-1': { listening_host: listener('r1.example.org', 8102) },
  'relay-2': {
    connect_to: { name: 'relay-1' },
    listening_host: listener('r2.example.org', 8103),
    auth_identity: 'second-relay',
  },
  'relay-3': {
    connect_to: { name: 'relay-1', host: 'alias-of-r1.example.org', port: 9102, connection_security: 'tls' },
    listening_host: listener('r3.example.org', 8104),
  },
};
const SITES = {
  'site-1': {},
  'site-2': { auth_identity: 'second-site' },
  'site-3': { connect_to: { name: 'relay-1' }, listening_host: { default_host: 'localhost', port: 7777 } },
  'site-4': { connect_to: { name: 'relay-2', host: 'proxy.example.org', port: 443 }, parent: 'site-3' },
  'site-5': { parent: 'site-4' },
  'site-6': { connect_to: { name: 'relay-3', connection_security: 'tls' }, connection_security: 'clear' },
};
const STUDIES = {
  lung: { site_orgs: { Lab_1: ['site-1', 'site-3'] }, admins: [ADMIN] },
  liver: { site_orgs: {}, admins: [] },
};

const participants = [
  { name: SERVER, type: 'server', org: 'Lab_1', fed_learn_port: 8002, connection_security: 'mtls' },
  { name: ADMIN, type: 'admin', org: 'Lab_1', role: 'project_admin' },
  ...Object.entries(RELAYS).map(([name, props]) => ({ name, type: 'relay', org: 'Lab_1', ...props })),
  ...Object.entries(SITES).map(([name, props]) => ({ name, type: 'client', org: 'Lab_1', ...props })),
];

const builder = (path: string, args = {}) => ({ path: `nvflare.lighter.impl.${path}`, args });
const PROVISION = {
  api_version: 4,
  name: 'exam',
  description: 'Provisioned',
  connection_security: 'mtls',
  studies: STUDIES,
  participants,
  builders: [
    builder('workspace.WorkspaceBuilder'),
    builder('static_file.StaticFileBuilder', {
      config_folder: 'config',
      scheme: 'grpc',
      require_signed_jobs: true,
    }),
    builder('cert.CertBuilder'),
    builder('signature.SignatureBuilder'),
  ],
};

const peers: readonly Peer[] = [
  ...Object.entries(RELAYS).map(([name, props]) => ({ kind: 'relay' as const, name, props })),
  ...Object.entries(SITES).map(([name, props]) => ({ kind: 'client' as const, name, props })),
];
const project: KitProject = {
  shortName: 'exam',
  targetRelease: '2.9',
  haMode: false,
  server1: SERVER,
  server2: '',
  overseer: '',
  appLocation: '',
  organization: 'Lab_1',
  projectProps: {},
  serverProps: {},
  fileProps: {},
  requireSignedJobs: true,
  jemalloc: false,
  authIdentityMap: {},
  studies: STUDIES,
  peers,
};

const participantOf = (name: string): KitParticipant => {
  const peer = peers.find((each) => each.name === name);
  if (peer === undefined) {
    return { kind: 'server', index: 1 };
  }
  const { kind, props } = peer;
  return kind === 'relay'
    ? { kind, name, organization: 'Lab_1', props }
    : { kind, name, organization: 'Lab_1', props, capacity: { num_of_gpus: 0, mem_per_gpu_in_GiB: 0 } };
};

const NO_CREDENTIAL = { certificatePem: '', privateKeyPem: '' };
const CREDENTIALS = { root: '', own: NO_CREDENTIAL, listener: NO_CREDENTIAL, jobCa: NO_CREDENTIAL };

/** A JSON file of our kit; undefined where there is none. */
const ours = (name: string, path: string): unknown => {
  const file = planKit(project, participantOf(name)).files.find((each) => each.path === path);
  return file === undefined ? undefined : JSON.parse(render(file, CREDENTIALS).content.toString('utf8'));
};

const theirs = (name: string, path: string): unknown => {
  const file = join(folder, 'workspace', 'exam', 'prod_00', name, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

const CONFIGURATION = ['fed_server.json', 'fed_client.json', 'fed_relay.json'].map(
  (file) => `startup/${file}`,
);
const LOCAL = ['study_registry.json', 'comm_config.json', 'relay__resources.json'].map(
  (file) => `local/${file}`,
);

(venv === undefined ? describe.skip : describe)('kits for 2.9', () => {
  beforeAll(() => {
    writeFileSync(join(folder, 'project.yml'), JSON.stringify(PROVISION));
    const nvflare = join(venv ?? '', 'bin', 'nvflare');
    execFileSync(nvflare, ['provision', '-p', 'project.yml', '-w', 'workspace'], {
      cwd: folder,
      stdio: 'ignore',
    });
  }, 300_000);

  test.each([SERVER, ...Object.keys(RELAYS), ...Object.keys(SITES)])(
    'say of %s what nvflare provision says',
    (name) => {
      const files = [...CONFIGURATION, ...LOCAL];
      const read = (from: typeof ours) => Object.fromEntries(files.map((path) => [path, from(name, path)]));
      expect(read(ours)).toEqual(read(theirs));
    },
  );

  test('hold the same files with credentials and configuration of a relay', () => {
    const kit = planKit(project, participantOf('relay-1')).files.map(({ path }) => path);
    for (const file of [
      'client.crt',
      'client.key',
      'server.crt',
      'server.key',
      'rootCA.pem',
      'sub_start.sh',
    ]) {
      expect(kit).toContain(`startup/${file}`);
      expect(existsSync(join(folder, 'workspace/exam/prod_00/relay-1/startup', file))).toBe(true);
    }
  });
});
