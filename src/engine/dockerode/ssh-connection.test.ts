import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../../test/support/until.ts';
import { SshAgent } from './ssh-connection.ts';

const endpoint = { kind: 'ssh', host: 'clinic', user: undefined, port: undefined, path: undefined } as const;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ssh-connection-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Connects through a script in place of ssh that closes its input, and waits until it did. */
const connectThrough = async (lines: readonly string[]): Promise<Duplex> => {
  const closed = join(folder, 'closed');
  rmSync(closed, { force: true });
  const script = ['#!/bin/sh', 'exec 0<&-', `touch '${closed}'`, ...lines];
  const program = join(folder, 'ssh');
  writeFileSync(program, script.join('\n'));
  chmodSync(program, 0o755);
  const stream = new SshAgent(endpoint, program).createConnection();
  await until(() => existsSync(closed));
  return stream;
};

test.each([
  [
    'says it after its input broke',
    ['sleep 0.3', 'echo "Connection refused" >&2', 'exit 255'],
    'Connection refused',
  ],
  ['ends without a word', ['sleep 0.3', 'exit 255'], 'ssh ended with exit code 255'],
  ['is killed', ['sleep 0.3', 'kill -KILL $$'], 'ssh ended by SIGKILL'],
  ['ends well, but connects to nothing', ['sleep 0.3', 'echo "docker: not found" >&2'], 'docker: not found'],
])('gives the reason of an ssh that %s', async (_how, lines, reason) => {
  const stream = await connectThrough(lines);
  stream.write('GET /version HTTP/1.1\r\n\r\n');
  expect(await once(stream.resume(), 'error')).toMatchObject([{ code: 'ESSH', message: reason }]);
});

test('gives the reason of an ssh whose input is ended after it broke', async () => {
  const stream = await connectThrough(['sleep 0.3', 'echo "Connection reset" >&2', 'exit 255']);
  stream.end('GET /version HTTP/1.1\r\n\r\n');
  expect(await once(stream.resume(), 'error')).toMatchObject([{ code: 'ESSH', message: 'Connection reset' }]);
});
