import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const CREDENTIAL = 'admin@example.org:Amber-Lantern-3:org';
const asRoot = process.getuid?.() === 0;

/** The two lines that people read: what happened, what to do. */
const twoLines = ({ stderr }: Ended): readonly string[] => {
  const lines = stderr.trimEnd().split('\n');
  return lines.slice(lines.findLastIndex((line) => line.startsWith('Error: ')));
};

describe('without an engine', () => {
  const folder = makeFolder();
  afterAll(() => {
    folder.remove();
  });
  const failing = (args: readonly string[], environment = {}): Promise<Ended> =>
    dashboard(['--start', ...args], { cwd: folder.path, environment });

  test('an engine that is not there ends in 3 and names --local', async () => {
    const ended = await failing(['--cred', CREDENTIAL], { DOCKER_HOST: `unix://${folder.path}/none.sock` });
    expect(ended.exitCode).toBe(3);
    expect(twoLines(ended)[0]).toContain('none.sock (DOCKER_HOST): not there');
    expect(twoLines(ended)[1]).toContain('--local');
  });

  test('wrong usage ends in 2', async () => {
    for (const args of [['-p', '0'], ['-p', 'x'], ['--nothing'], ['-e', '=x'], ['--cred', 'nobody']]) {
      const ended = await failing(args);
      expect([args, ended.exitCode, twoLines(ended).length]).toEqual([args, 2, 2]);
    }
  });

  test('a folder that is not there ends in 1', async () => {
    const ended = await failing(['-f', 'missing']);
    expect(ended.exitCode).toBe(1);
    expect(twoLines(ended)).toEqual([
      `Error: The folder ${folder.path}/missing does not exist.`,
      `Make it (mkdir -p ${folder.path}/missing), or name another with --folder.`,
    ]);
  });

  test('a certificate that is none ends in 1 before anything is touched', async () => {
    const broken = makeFolder();
    mkdirSync(join(broken.path, 'cert'));
    for (const name of ['web.crt', 'web.key']) {
      writeFileSync(join(broken.path, 'cert', name), 'nonsense');
    }
    const ended = await failing(['-f', broken.path]);
    broken.remove();
    expect(ended.exitCode).toBe(1);
    expect(twoLines(ended)[0]).toContain('web.crt holds no certificate');
    expect(twoLines(ended)[1]).toContain('web.key');
  });

  test('a taken port ends in 4', async () => {
    const server = createServer();
    const port = await new Promise<number>((done) => {
      server.listen(0, () => {
        const address = server.address();
        done(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const ended = await failing(['--local', '-p', String(port), '--cred', CREDENTIAL]);
    server.close();
    expect(ended.exitCode).toBe(4);
    expect(twoLines(ended)[0]).toBe(`Error: Port ${port} is already in use on this host.`);
    expect(twoLines(ended)[1]).toContain('--port');
  });

  test('a process that cannot be written down is ended again', async () => {
    const taken = makeFolder();
    mkdirSync(join(taken.path, '.dashboard-process.json'));
    const port = String(await freePort());
    const ended = await failing(['--local', '-f', taken.path, '-p', port, '--cred', CREDENTIAL]);
    expect(readdirSync(taken.path).sort()).toEqual(['.dashboard-process.json', 'dashboard.log']);
    taken.remove();
    expect(ended.exitCode).toBe(1);
    expect(twoLines(ended)[0]).toContain(`cannot be written down in ${taken.path}`);
    expect(twoLines(ended)[1]).toContain('Let this user write');
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  });

  (asRoot ? test : test.skip)('a folder that its owner may not write ends in 1', async () => {
    const locked = makeFolder();
    chownSync(locked.path, 1000, 1000);
    chmodSync(locked.path, 0o555);
    const ended = await failing(['-f', locked.path]);
    locked.remove();
    expect(ended.exitCode).toBe(1);
    expect(twoLines(ended)[0]).toContain('cannot be written by user 1000');
    expect(twoLines(ended)[1]).toContain('chmod');
  });
});

describe('advice on an engine that is down', () => {
  const folder = makeFolder();
  afterAll(() => {
    folder.remove();
  });

  test.each([
    [['start', '--cred', CREDENTIAL], / Or run without an engine: add --local\.$/],
    [['plan'], / Or run without an engine: add --local\.$/],
    [['status'], / For a dashboard that runs as a plain process, add --local\.$/],
    [['stop'], / For a dashboard that runs as a plain process, add --local\.$/],
    [['image', 'pull', 'x:1'], /set DOCKER_HOST\.$/],
  ])('fits %j', async (args, expected) => {
    const ended = await dashboard(args, {
      cwd: folder.path,
      environment: { DOCKER_HOST: `unix://${folder.path}/none.sock` },
    });
    expect([ended.exitCode, ended.stdout, twoLines(ended)[1]]).toEqual([
      3,
      '',
      expect.stringMatching(expected),
    ]);
  });
});

describe('a plain process that was killed', () => {
  const folder = makeFolder();
  afterAll(() => {
    folder.remove();
  });

  test('is told by status, and a name of another dashboard does not mean it', async () => {
    const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
    const options = ['--local', '-p', String(await freePort()), '--cred', CREDENTIAL];
    expect((await run('start', ...options)).exitCode).toBe(0);
    const status = await run('status', '--json');
    const other = await dashboard(['restart', '--name', uniqueName()], {
      cwd: folder.path,
      environment: { DOCKER_HOST: `unix://${folder.path}/none.sock` },
    });
    expect([other.exitCode, other.stdout]).toEqual([3, '']);
    const { pid } = z.object({ pid: z.number() }).parse(JSON.parse(status.stdout));
    process.kill(pid, 'SIGKILL');
    const killed = await run('status', '--local');
    expect([killed.exitCode, killed.stdout]).toEqual([
      1,
      expect.stringContaining(`(process ${pid}) has ended without being stopped.`),
    ]);
    const json = await run('status', '--local', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, state: 'exited', kind: 'process', pid });
  });
});

describeWithEngine('with an engine', () => {
  const folder = makeFolder();
  const name = uniqueName();
  let port = '';
  beforeAll(async () => {
    port = String(await freePort());
  });
  afterAll(() => {
    docker('rm', '-f', name);
    folder.remove();
  });
  const failing = (args: readonly string[]): Promise<Ended> =>
    dashboard(['--start', '-p', port, '--name', name, '--cred', CREDENTIAL, ...args], { cwd: folder.path });

  test("somebody else's container of that name ends in 1 and stays", async () => {
    docker('create', '--name', name, 'nvflare-dashboard-test-base:local', 'node');
    const ended = await failing([]);
    expect(ended.exitCode).toBe(1);
    expect(twoLines(ended)[0]).toContain(`A container named ${name} is already there`);
    expect(twoLines(ended)[1]).toContain('--name');
    await dashboard(['--stop', '--name', name], { cwd: folder.path });
    expect(docker('inspect', name).status).toBe(0);
    docker('rm', '-f', name);
  });

  test('an image that cannot be had ends in 5', async () => {
    const ended = await failing(['--image', '127.0.0.1:9/nobody/nothing:1']);
    expect(ended.exitCode).toBe(5);
    expect(twoLines(ended)[0]).toContain('127.0.0.1:9/nobody/nothing:1 is unavailable');
    expect(twoLines(ended)[1]).toContain('dashboard image load');
  });

  test('a base image that is unavailable is named, with --base-image', async () => {
    const ended = await dashboard(
      ['image', 'build', '-i', `${name}:1`, '--base-image', '127.0.0.1:9/nobody/base:1'],
      { cwd: folder.path },
    );
    expect(ended.exitCode).toBe(5);
    expect(twoLines(ended)[0]).toContain('The base image 127.0.0.1:9/nobody/base:1 is unavailable: ');
    expect(twoLines(ended)[1]).toContain('--base-image');
  });

  test('an archive of images that cannot be used ends in 1 and says why', async () => {
    const noise = join(folder.path, 'noise.tar');
    writeFileSync(noise, 'no archive');
    const cases = [
      ['load', join(folder.path, 'none.tar'), 'it does not exist', 'dashboard image save'],
      ['load', folder.path, 'it is a folder', 'dashboard image save'],
      ['load', noise, 'it holds no image', 'dashboard image save'],
      ['save', noise, 'it exists', 'Name a new file'],
      ['save', join(folder.path, 'none', 'image.tar'), 'it does not exist', 'Name a file'],
    ] as const;
    for (const [verb, file, reason, advice] of cases) {
      const image = verb === 'save' ? ['-i', 'nvflare-dashboard-test-base:local'] : [];
      const ended = await dashboard(['image', verb, file, ...image], { cwd: folder.path });
      const [what, remedy] = twoLines(ended);
      expect([ended.exitCode, what, remedy]).toEqual([
        1,
        expect.stringContaining(`${file} cannot be used: ${reason}`),
        expect.stringContaining(advice),
      ]);
    }
  });

  test('a restart by the name of a dashboard that does not run leaves the one of the folder alone', async () => {
    const local = ['--local', '-f', folder.path, '-p', port, '--cred', CREDENTIAL];
    expect((await dashboard(['start', ...local], { cwd: folder.path })).exitCode).toBe(0);
    const ended = await dashboard(['restart', '--name', name], { cwd: folder.path });
    await dashboard(['stop', '--local'], { cwd: folder.path });
    expect([ended.exitCode, twoLines(ended)[0]]).toEqual([1, `Error: No dashboard is running for ${name}.`]);
  });
});
