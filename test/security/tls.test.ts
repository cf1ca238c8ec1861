import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { connect, createServer, type SecureVersion } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { BackendProcess } from '../soak/backend-process.ts';
import { renewUnderLoad } from '../soak/renew-under-load.ts';
import { holdSilent } from '../soak/silent-connections.ts';
import { renewWebCertificate } from '../soak/web-certificate.ts';

const MINUTE = 60_000;
/** OpenSSL itself speaks the old versions at this level only. */
const ANY_CIPHER = 'DEFAULT:@SECLEVEL=0';

let backend: BackendProcess;
beforeAll(async () => {
  backend = await BackendProcess.prepare({ secure: true });
  await renewWebCertificate(backend.folder);
  await backend.start();
}, MINUTE);
afterAll(() => backend.remove());

/** The version that is spoken, or what the handshake ends in. */
const spoken = (port: number, version: SecureVersion, ciphers = ANY_CIPHER): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      ciphers,
      minVersion: version,
      maxVersion: version,
      rejectUnauthorized: false,
    });
    socket.once('secureConnect', () => {
      resolve(socket.getProtocol());
      socket.destroy();
    });
    socket.once('error', (error: Error) => {
      resolve(error.message);
    });
  });

describe('HTTPS', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s', async (version) => {
    expect(await spoken(backend.port, version)).toBe(version);
  });

  it.each(['TLSv1', 'TLSv1.1'] as const)('refuses %s, which this client could speak', async (version) => {
    const cert = path.join(backend.folder, 'cert');
    const lenient = createServer({
      cert: await readFile(path.join(cert, 'web.crt')),
      key: await readFile(path.join(cert, 'web.key')),
      minVersion: 'TLSv1',
      ciphers: ANY_CIPHER,
    }).listen(0, '127.0.0.1');
    await once(lenient, 'listening');
    const { port } = z.object({ port: z.number() }).parse(lenient.address());
    expect(await spoken(port, version)).toBe(version);
    lenient.close();
    expect(await spoken(backend.port, version)).toMatch(/alert protocol version|unsupported protocol/);
  });

  it.each(['ECDHE-ECDSA-AES256-SHA', 'ECDHE-ECDSA-AES128-SHA256'])(
    'refuses the cipher %s, which lacks authenticated encryption',
    async (cipher) => {
      expect(await spoken(backend.port, 'TLSv1.2', `${cipher}:@SECLEVEL=0`)).toMatch(/handshake failure/);
    },
  );
});

it(
  'answers others while connections say nothing, and drops those',
  async () => {
    const { idle, halfOpen, slow, unopened, kept, failed, p99, requests } = await holdSilent({
      idle: 300,
      halfOpen: 50,
      slow: 20,
    });
    process.stdout.write(
      `silent connections: 370 held, ${requests} requests, p99 ${p99.toFixed(0)} ms, dropped after ` +
        `${(idle.least / 1000).toFixed(1)}–${(Math.max(idle.most, halfOpen.most, slow.most) / 1000).toFixed(1)} s\n`,
    );
    expect({ unopened, kept, failed }).toEqual({ unopened: [], kept: 0, failed: [] });
    expect([idle.count, halfOpen.count, slow.count]).toEqual([300, 50, 20]);
    expect(Math.min(idle.least, halfOpen.least, slow.least)).toBeGreaterThan(8000);
    expect(Math.max(idle.most, halfOpen.most, slow.most)).toBeLessThan(20_000);
    expect(p99).toBeLessThan(1000);
  },
  2 * MINUTE,
);

it(
  'takes up a new certificate by SIGHUP and by file watch with no request failing, and keeps it against a broken one',
  async () => {
    const { failed, missed, brokenKept, taken, requests } = await renewUnderLoad(6);
    process.stdout.write(
      `certificate renewals: ${taken} taken up, ${requests} requests, ${failed.length} failed\n`,
    );
    expect({ failed, missed, brokenKept }).toEqual({ failed: [], missed: 0, brokenKept: true });
  },
  2 * MINUTE,
);
