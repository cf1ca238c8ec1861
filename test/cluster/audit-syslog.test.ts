import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { BackendProcess } from '../soak/backend-process.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';
import { queryDatabase, startPostgres, type PostgresServer } from './postgres-server.ts';

const MINUTE = 60_000;
const CHANGES = 20;
const Position = z.array(z.object({ holder: z.string() })).length(1);
const Head = z.array(z.object({ last_id: z.number() })).length(1);

let server: PostgresServer;
let url = '';
let replicas: readonly BackendProcess[] = [];
let receiver: Server;
const sockets: Socket[] = [];
let received = '';

/** Numbers of the rows received, in their order. */
const rows = (): readonly number[] =>
  Array.from(received.matchAll(/ (\S+) \[meta sequenceId="(\d+)"\]/g))
    .filter(([, id]) => id !== 'audit.head')
    .map(([, , sequence]) => Number(sequence));

const lastRow = async (): Promise<number> =>
  Head.parse(await queryDatabase(url, 'select last_id from audit_head'))[0]?.last_id ?? 0;

const sender = async (): Promise<BackendProcess | undefined> => {
  const [position] = Position.parse(await queryDatabase(url, 'select holder from syslog_position'));
  const pid = Number(position?.holder.split(':')[1]);
  return replicas.find((replica) => replica.pid === pid);
};

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  const port = await freePort();
  receiver = createServer((socket) => {
    sockets.push(socket);
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    receiver.listen(port, '127.0.0.1', resolve);
  });
  const environment = {
    DATABASE_URL: url,
    SECRET_KEY: 'a key that all replicas share',
    NVFL_SYSLOG_URL: `syslog+tcp://127.0.0.1:${port}`,
  };
  replicas = await Promise.all([1, 2, 3].map(() => BackendProcess.prepare({ environment })));
  await Promise.all(replicas.map((replica) => replica.start()));
}, 2 * MINUTE);
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.remove()));
  for (const socket of sockets) {
    socket.destroy();
  }
  receiver.close();
  await server.stop();
}, MINUTE);

const change = async (by: readonly BackendProcess[], word: string): Promise<void> => {
  const [first] = by;
  const token = (await first?.logIn()) ?? '';
  for (let index = 0; index < CHANGES; index += 1) {
    const body = { title: `${word} ${index}` };
    const response = await by[index % by.length]?.ask({ method: 'PATCH', path: '/project', token, body });
    expect(response?.status).toBe(200);
  }
};

test(
  'sends each row of the audit log once from three replicas',
  async () => {
    await change(replicas, 'one');
    const last = await lastRow();
    await until(() => rows().includes(last), MINUTE);
    const numbers = rows();
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    expect(numbers.length).toBeGreaterThanOrEqual(CHANGES);
  },
  2 * MINUTE,
);

test(
  'sends every row when the replica that sends is killed',
  async () => {
    const killed = await sender();
    await killed?.kill();
    const rest = replicas.filter((replica) => replica !== killed);
    expect(rest).toHaveLength(2);
    await change(rest, 'two');
    const last = await lastRow();
    await until(() => rows().includes(last), MINUTE);
    const first = rows()[0] ?? 0;
    expect([...new Set(rows())].sort((a, b) => a - b)).toEqual(
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    );
    expect(await sender()).toBeDefined();
  },
  2 * MINUTE,
);
