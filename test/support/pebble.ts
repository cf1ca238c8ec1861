import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:net';
import { freePort } from './free-port.ts';

/** The name that this CA issues nothing for. */
export const BLOCKED_DOMAIN = 'blocked.example.net';

/** An ACME CA and a name server for which every name is this host; both are listening. */
export interface Pebble {
  readonly directory: string;
  /** PEM file that vouches for the directory. */
  readonly caFile: string;
  /** Where the CA looks for HTTP-01 and TLS-ALPN-01. */
  readonly httpPort: number;
  readonly tlsPort: number;
  /** Address under which its roots, keys and so on are managed. */
  readonly management: string;
  readonly stop: () => Promise<void>;
}

const START_MS = 60_000;

const isListening = async (port: number): Promise<void> => {
  const end = Date.now() + START_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await pause(20);
    } finally {
      socket.destroy();
    }
  }
};

/** @param environment of pebble, such as the share of nonces it rejects */
export const startPebble = async (
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Pebble> => {
  mkdirSync(folder, { recursive: true });
  const caFile = join(folder, 'pebble.crt');
  const key = join(folder, 'pebble.key');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', caFile],
    ],
    { stdio: 'pipe' },
  );
  const [port, management, httpPort, tlsPort, dns, dnsManagement] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const config = join(folder, 'pebble.json');
  writeFileSync(
    config,
    JSON.stringify({
      pebble: {
        listenAddress: `127.0.0.1:${port}`,
        managementListenAddress: `127.0.0.1:${management}`,
        certificate: caFile,
        privateKey: key,
        httpPort,
        tlsPort,
        domainBlocklist: [BLOCKED_DOMAIN],
        ...settings,
      },
    }),
  );
  const children: readonly ChildProcess[] = [
    spawn(
      'pebble-challtestsrv',
      [
        ...['-defaultIPv4', '127.0.0.1', '-defaultIPv6', '', '-dns01', `127.0.0.1:${dns}`],
        ...['-http01', '', '-https01', '', '-tlsalpn01', '', '-management', `127.0.0.1:${dnsManagement}`],
      ],
      { stdio: 'ignore' },
    ),
    spawn('pebble', ['-config', config, '-dnsserver', `127.0.0.1:${dns}`], {
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], PEBBLE_VA_NOSLEEP: '1', ...environment },
    }),
  ];
  await Promise.all([port, dnsManagement].map(isListening));
  return {
    directory: `https://127.0.0.1:${port}/dir`,
    caFile,
    httpPort,
    tlsPort,
    management: `https://127.0.0.1:${management}`,
    stop: async () => {
      for (const child of children) {
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      }
    },
  };
};
