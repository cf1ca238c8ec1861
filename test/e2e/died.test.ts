import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dashboard, type Ended } from './command.ts';
import { BIN, describeWithEngine, docker, makeFolder, shellEnvironment } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const CREDENTIAL = 'admin@example.org:Amber-Lantern-3:org';
const NOBODY = '65534';

const socketPath = (shellEnvironment('/')['DOCKER_HOST'] ?? '').replace('unix://', '');
/** Whether somebody who is not root and in no group is kept out by the socket's permissions. */
const closedToOthers = (): boolean => {
  const found = statSync(socketPath, { throwIfNoEntry: false });
  return found !== undefined && (found.mode & 0o002) === 0;
};
const canTryAsNobody = process.getuid?.() === 0 && closedToOthers();

/** The two lines that people read: what happened, what to do. */
const twoLines = (stderr: string): readonly string[] => {
  const lines = stderr.trimEnd().split('\n');
  return lines.slice(lines.findLastIndex((line) => line.startsWith('Error: ')));
};

describeWithEngine('a start that does not succeed in a container', () => {
  const name = uniqueName();
  const image = `${uniqueName()}:e2e`;
  const folder = makeFolder();
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    const built = await dashboard(['image', 'build', '-i', image], { cwd: folder.path });
    expect(built.stderr).not.toContain('--->');
    expect(built.exitCode).toBe(0);
  }, 3 * MINUTES);
  afterAll(() => {
    docker('rm', '-f', name);
    docker('rmi', '-f', image);
    folder.remove();
  });
  const start = (cwd: string): Promise<Ended> =>
    dashboard(['--start', '-p', String(port), '--name', name, '--image', image, '--cred', CREDENTIAL], {
      cwd,
    });

  test(
    'tells why the backend died, with the end of its log, and removes the container',
    async () => {
      const damaged = makeFolder();
      const file = join(damaged.path, 'db.sqlite');
      writeFileSync(file, 'this is no database '.repeat(500));
      const { exitCode, stdout, stderr } = await start(damaged.path);
      const left = statSync(file).size;
      damaged.remove();
      expect(exitCode).toBe(1);
      expect(stdout).not.toContain('Started');
      expect(twoLines(stderr)[0]).toBe(
        'Error: The database file db.sqlite is not a database (SQLITE_NOTADB).',
      );
      expect(twoLines(stderr)[1]).toContain('Restore a backup');
      expect(stderr).toMatch(
        /^ {2}\d{4}-\d{2}-\d{2} [\d:]{8} FATAL The database file db\.sqlite is not a database/m,
      );
      expect(stderr).not.toContain('/var/tmp/nvflare');
      expect(docker('ps', '-aq', '--filter', `name=${name}`).text).toBe('');
      expect(left).toBe(10_000);
    },
    MINUTES,
  );

  test(
    'ends in 4 when the port is taken, and leaves no container',
    async () => {
      const server = createServer();
      await new Promise<void>((done) => {
        server.listen(port, () => {
          done();
        });
      });
      const ended = await start(folder.path);
      await new Promise((done) => server.close(done));
      expect(ended.exitCode).toBe(4);
      expect(twoLines(ended.stderr)[0]).toBe(`Error: Port ${port} is already in use on this host.`);
      expect(twoLines(ended.stderr)[1]).toContain('--port');
      expect(docker('ps', '-aq', '--filter', `name=${name}`).text).toBe('');
    },
    MINUTES,
  );

  (canTryAsNobody ? test : test.skip)('ends in 3 with the group to join when the socket is closed', () => {
    const theirs = makeFolder();
    chownSync(theirs.path, Number(NOBODY), Number(NOBODY));
    chmodSync(theirs.path, 0o755);
    const as = ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'];
    const { status, stderr } = spawnSync(
      'setpriv',
      [...as, process.execPath, BIN, '--start', '-p', String(port), '--name', name, '--cred', CREDENTIAL],
      { cwd: theirs.path, env: shellEnvironment(theirs.path), encoding: 'utf8' },
    );
    theirs.remove();
    expect(twoLines(stderr)[0]).toContain(`Permission denied at the container engine's unix://${socketPath}`);
    expect(twoLines(stderr)[1]).toContain('usermod -aG docker');
    expect(twoLines(stderr)[1]).toContain('--local');
    expect(status).toBe(3);
  });
});
