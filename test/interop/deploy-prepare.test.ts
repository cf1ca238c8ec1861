import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KitParticipant, KitProject } from '../../src/contract/kit.ts';
import { generateKit } from '../../src/kits/make-kit.ts';
import { prepareNvflare } from '../prepare/nvflare.js';
import { kitIssuer } from '../support/kit-issuer.ts';
import { kitProject, kitSite } from '../support/kit-project.ts';

const { environments, reason } = await prepareNvflare(['2.9']);
const venv = environments['2.9'];
const folder = mkdtempSync(join(tmpdir(), 'interop-deploy-'));
const PIN = 'Kit4Deploy';
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('NVIDIA FLARE 2.9 is available', () => {
  expect(process.env['CI'] === 'true' ? reason : undefined).toBeUndefined();
});

const RUNTIMES = {
  docker: { runtime: 'docker', parent: { docker_image: 'nvflare/nvflare:2.9' } },
  k8s: { runtime: 'k8s', parent: { docker_image: 'nvflare/nvflare:2.9' } },
  slurm: {
    runtime: 'slurm',
    job_launcher: {
      sandbox: 'none',
      internal_port: 7788,
      python_path: '/usr/bin/python3',
      parent_host: 'login.example.org',
    },
  },
} as const;
type Runtime = keyof typeof RUNTIMES;

const SERVER = 'fl.example.org';
const project: KitProject = {
  ...kitProject,
  shortName: 'exam',
  server1: SERVER,
  server2: '',
  overseer: '',
  appLocation: '',
};
const PARTICIPANTS: readonly (readonly [name: string, participant: KitParticipant])[] = [
  [SERVER, { kind: 'server', index: 1 }],
  ['site-1', { ...kitSite, organization: 'Lab_1' }],
];

const nvflare = (...args: readonly string[]): void => {
  execFileSync(join(venv ?? '', 'bin', 'nvflare'), args, { cwd: folder, stdio: 'pipe' });
};

const provision = (): void => {
  const builder = (path: string, args = {}) => ({ path: `nvflare.lighter.impl.${path}`, args });
  const description = {
    api_version: 3,
    name: 'exam',
    participants: [
      { name: SERVER, type: 'server', org: 'Lab_1', fed_learn_port: 8002 },
      { name: 'site-1', type: 'client', org: 'Lab_1' },
      { name: 'admin@example.org', type: 'admin', org: 'Lab_1', role: 'project_admin' },
    ],
    builders: [
      builder('workspace.WorkspaceBuilder'),
      builder('static_file.StaticFileBuilder', { config_folder: 'config', scheme: 'grpc' }),
      builder('cert.CertBuilder'),
    ],
  };
  writeFileSync(join(folder, 'project.yml'), JSON.stringify(description));
  nvflare('provision', '-p', 'project.yml', '-w', 'workspace');
};

const makeKits = async (): Promise<void> => {
  mkdirSync(join(folder, 'ours'));
  const now = new Date();
  const issuer = await kitIssuer('exam', now);
  for (const [name, participant] of PARTICIPANTS) {
    const kit = await generateKit({
      project,
      participant,
      pin: PIN,
      encryption: 'zipcrypto',
      issuer,
      now,
    });
    const zip = join(folder, `${name}.zip`);
    writeFileSync(zip, await buffer(kit.zip));
    execFileSync('unzip', ['-qq', '-P', PIN, zip, '-d', join(folder, 'ours', name)]);
  }
};

/** Files that the tool writes into a kit for the runtime, by path; the kit's folder has the same name everywhere. */
const prepared = (kit: string, runtime: Runtime): Readonly<Record<string, unknown>> => {
  const output = join(folder, 'prepared', runtime, relative(folder, kit));
  nvflare('deploy', 'prepare', kit, '--config', `${runtime}.yaml`, '--output', output);
  const own = new Set(readdirSync(kit, { recursive: true }).map(String));
  const rewritten = ['local/resources.json.default', 'local/comm_config.json'];
  const files = readdirSync(output, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(output, join(entry.parentPath, entry.name)))
    .filter((path) => !own.has(path) || rewritten.includes(path));
  return Object.fromEntries(
    files.map((path) => {
      const text = readFileSync(join(output, path), 'utf8').replaceAll(output, '/kit');
      return [path, rewritten.includes(path) ? JSON.parse(text) : text];
    }),
  );
};

(venv === undefined ? describe.skip : describe)('nvflare deploy prepare of 2.9', () => {
  beforeAll(async () => {
    for (const [runtime, config] of Object.entries(RUNTIMES)) {
      writeFileSync(join(folder, `${runtime}.yaml`), JSON.stringify(config));
    }
    provision();
    await makeKits();
  }, 300_000);

  test.each(
    (['docker', 'k8s', 'slurm'] as const).flatMap((runtime) =>
      PARTICIPANTS.map(([name]) => [runtime, name] as const),
    ),
  )(
    'makes of our kit for %s of %s what it makes of its own',
    (runtime, name) => {
      const ours = prepared(join(folder, 'ours', name), runtime);
      const theirs = prepared(join(folder, 'workspace/exam/prod_00', name), runtime);
      expect(Object.keys(theirs).length).toBeGreaterThan(2);
      expect(ours).toEqual(theirs);
    },
    300_000,
  );

  describe('as the readme of a kit says', () => {
    const lines = (name: string, runtime: Runtime): string => {
      const readme = readFileSync(join(folder, 'ours', name, 'readme.txt'), 'utf8').split('\n');
      const first = readme.findIndex((line) => line.includes(`'runtime: ${runtime}'`));
      return readme.slice(first, first + 2).join('\n');
    };

    test.each(
      PARTICIPANTS.flatMap(([name]) => [
        [name, 'docker', 'startup/start_docker.sh'] as const,
        [name, 'k8s', 'helm_chart/Chart.yaml'] as const,
        [name, 'slurm', 'startup/start_slurm.sh'] as const,
      ]),
    )(
      'prepares the kit of %s for %s',
      (name, runtime, made) => {
        const kit = join(folder, 'readme', runtime, name);
        cpSync(join(folder, 'ours', name), kit, { recursive: true });
        const bin = join(venv ?? '', 'bin');
        const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` };
        execFileSync('bash', ['-euc', lines(name, runtime)], { cwd: kit, env, stdio: 'pipe' });
        expect(existsSync(join(kit, 'prepared', runtime, made))).toBe(true);
      },
      300_000,
    );
  });

  test('leaves the signed configuration and what its start script needs in place', () => {
    const kit = join(folder, 'prepared/slurm/ours/site-1/startup');
    const signed = join(folder, 'ours/site-1/startup');
    for (const file of ['fed_client.json', 'signature.json', 'processes.sh', 'sub_start.sh']) {
      expect(readFileSync(join(kit, file), 'utf8')).toBe(readFileSync(join(signed, file), 'utf8'));
    }
    expect(existsSync(join(kit, 'start_slurm.sh'))).toBe(true);
  });
});
