import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';

const CREDENTIAL = 'admin@example.org:Amber-Lantern-3:org';
const MINUTE = 60_000;
const WARNING = 'Other hosts reach this dashboard over plain HTTP';

/** An address of this host that others may reach. */
const outside = Object.values(networkInterfaces())
  .flatMap((entries) => entries ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const responds = (host: string, port: number): Promise<boolean> =>
  fetch(`http://${host}:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

describe('a plain process that listens on one address', () => {
  const folder = makeFolder();
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> => dashboard(args, { cwd: folder.path });
  beforeAll(async () => {
    port = await freePort();
  });
  afterAll(async () => {
    await run('stop', '--local');
    folder.remove();
  });

  test(
    'responds there only, is found there, and is found again after a restart',
    async () => {
      const started = await run(
        ...['start', '--local', '-p', String(port), '--bind', '::1', '--cred', CREDENTIAL],
      );
      expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining(WARNING)]);
      expect(started.stdout).toContain(`  http://[::1]:${port}/`);
      expect([await responds('[::1]', port), await responds('127.0.0.1', port)]).toEqual([true, false]);
      expect((await run('start', '--local')).stdout).toContain('already running');
      expect((await run('restart', '--local')).exitCode).toBe(0);
      expect((await run('status')).stdout).toContain(`Running: http://[::1]:${port}/`);
      const changed = await run('start', '--local', '--bind', '127.0.0.1');
      expect(changed.stderr).toContain('NVFL_WEB_HOST ::1 → 127.0.0.1');
    },
    MINUTE,
  );

  test('rejects an address of another host and what is no address', async () => {
    const args = ['start', '--local', '-f', folder.path, '-p', String(await freePort())];
    await run('stop', '--local');
    const elsewhere = await run(...args, '--bind', '192.0.2.99');
    expect([elsewhere.exitCode, elsewhere.stderr]).toEqual([
      1,
      expect.stringMatching(/^Error: 192\.0\.2\.99 is no address of this host.*\n.*--bind.*\n$/),
    ]);
    const named = await run(...args, '--bind', 'dashboard.example.org');
    expect([named.exitCode, named.stderr]).toEqual([2, expect.stringContaining('is not an IP address')]);
  });
});

describeWithEngine('a container that is published on one address', () => {
  const folder = makeFolder();
  const name = uniqueName();
  let port = 0;
  const run = (...args: readonly string[]): Promise<Ended> =>
    dashboard([...args, '--name', name], { cwd: folder.path });
  beforeAll(async () => {
    port = await freePort();
  });
  afterAll(() => {
    docker('rm', '-f', name);
    folder.remove();
  });

  test(
    'responds there only, also after restarts by command and engine',
    async () => {
      const started = await run(
        ...['start', '-p', String(port), '-e', 'NVFL_WEB_HOST=127.0.0.1', '--cred', CREDENTIAL],
      );
      expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining(WARNING)]);
      expect(started.stdout).toContain(`  http://localhost:${port}/`);
      const reached = async () => [
        await responds('127.0.0.1', port),
        await responds(outside ?? 'localhost', port),
      ];
      expect(await reached()).toEqual([true, false]);
      expect((await run('restart', '-f', folder.path)).exitCode).toBe(0);
      expect(await reached()).toEqual([true, false]);
      expect(docker('restart', name).status).toBe(0);
      const again = await run('start', '-f', folder.path, '-p', String(port), '--bind', '127.0.0.1');
      expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('already running')]);
      const changed = await run('start', '-f', folder.path, '--bind', '0.0.0.0');
      expect(changed.stderr).toContain(`port 127.0.0.1:${port} → ${port}`);
    },
    MINUTE,
  );

  test('rejects an address of another host', async () => {
    const other = await run(
      'restart',
      '-f',
      folder.path,
      '-p',
      String(await freePort()),
      '--bind',
      '192.0.2.99',
    );
    expect([other.exitCode, other.stderr]).toEqual([
      1,
      expect.stringContaining('192.0.2.99 is no address of this host'),
    ]);
    expect(other.stderr).toContain('keeps running');
  });
});
