import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createServer as createHttpsServer } from 'node:https';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { BLOCKED_DOMAIN, type Pebble, startPebble } from '../support/pebble.ts';
import { freePort } from '../support/free-port.ts';
import { servedFingerprint } from '../support/served-fingerprint.ts';
import { until } from '../support/until.ts';
import { dashboard, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTE = 60_000;
const DOMAIN = 'dash.example.org';
const Issued = z.object({
  state: z.string(),
  domains: z.array(z.string()),
  notAfter: z.string(),
  fingerprint: z.string(),
});
const Failed = z.object({ error: z.object({ code: z.string(), message: z.string(), advice: z.string() }) });

const authority = makeFolder();
let pebble: Pebble;
let folder: ReturnType<typeof makeFolder>;
beforeAll(async () => {
  // A busy CA refuses nonces now and then.
  pebble = await startPebble(authority.path, { PEBBLE_WFE_NONCEREJECT: '15' });
}, MINUTE);
afterAll(async () => {
  await pebble.stop();
  authority.remove();
});
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => {
  folder.remove();
});

const run = (...args: readonly string[]): Promise<Ended> =>
  dashboard(['tls', ...args, '-f', folder.path, '--json'], { cwd: folder.path });

/** Returns how a command failed, and what it left behind. */
const failure = (ended: Ended) => ({
  ...failed(ended),
  exitCode: ended.exitCode,
  left: readdirSync(folder.path),
});

/** Asks the CA of the tests; later options win. */
const acme = (...args: readonly string[]): Promise<Ended> =>
  run(
    ...['acme', '--email', 'ops@example.org', '--domain', DOMAIN, '--directory', pebble.directory],
    ...['--ca-file', pebble.caFile, '--listen', `127.0.0.1:${pebble.httpPort}`, ...args],
  );

const cert = (name: string): string => join(folder.path, 'cert', name);
const issued = ({ stdout }: Ended) => Issued.parse(JSON.parse(stdout));
const failed = ({ stdout }: Ended) => Failed.parse(JSON.parse(stdout)).error;

const readPair = () => ({
  certificate: new X509Certificate(readFileSync(cert('web.crt'))),
  chain: readFileSync(cert('web.crt'), 'utf8').match(/BEGIN CERTIFICATE/g),
  key: createPrivateKey(readFileSync(cert('web.key'))),
});

describe('dashboard tls acme', () => {
  test.each(['http-01', 'tls-alpn-01'])(
    'obtains a pair by %s and keeps the account',
    async (challenge) => {
      const port = challenge === 'http-01' ? pebble.httpPort : pebble.tlsPort;
      const domains = [DOMAIN, 'www.example.org'];
      const ended = await acme(
        ...['--domain', 'WWW.example.org', '--challenge', challenge, '--listen', `127.0.0.1:${port}`],
      );
      expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
      const { certificate, chain, key } = readPair();
      expect(issued(ended)).toEqual({
        state: 'obtained',
        domains,
        notAfter: certificate.validToDate.toISOString(),
        fingerprint: certificate.fingerprint256,
      });
      expect(certificate.checkPrivateKey(key)).toBe(true);
      expect(chain).toHaveLength(2);
      expect(domains.map((name) => certificate.checkHost(name))).toEqual(domains);
      const names = ['acme-account.key', 'acme.json', 'web.crt', 'web.key'];
      expect(readdirSync(join(folder.path, 'cert')).sort()).toEqual(names);
      expect(names.map((name) => statSync(cert(name)).mode & 0o777)).toEqual(names.map(() => 0o600));
      expect(ended.stdout + readFileSync(cert('acme.json'), 'utf8')).not.toContain('PRIVATE KEY');
    },
    MINUTE,
  );

  test(
    'renews when it is due or told to, with the same account and another key',
    async () => {
      await acme();
      const before = readPair();
      const account = readFileSync(cert('acme-account.key'), 'utf8');
      const early = await run('renew');
      expect([early.exitCode, JSON.parse(early.stdout)]).toEqual([
        0,
        expect.objectContaining({ state: 'unchanged' }),
      ]);
      expect(readPair().certificate.fingerprint256).toBe(before.certificate.fingerprint256);
      const forced = await run('renew', '--force');
      expect([forced.exitCode, forced.stderr]).toEqual([0, '']);
      const after = readPair();
      expect(issued(forced)).toMatchObject({
        state: 'renewed',
        domains: [DOMAIN],
        fingerprint: after.certificate.fingerprint256,
      });
      expect(after.certificate.fingerprint256).not.toBe(before.certificate.fingerprint256);
      expect(after.key.equals(before.key)).toBe(false);
      expect(readFileSync(cert('acme-account.key'), 'utf8')).toBe(account);
      // A pair that is lost is due.
      rmSync(cert('web.crt'));
      expect(issued(await run('renew')).state).toBe('renewed');
    },
    MINUTE,
  );

  test(
    'renews a short-lived certificate after two thirds of its life',
    async () => {
      const other = await startPebble(join(folder.path, 'ca'), {}, { certificateValidityPeriod: 6 });
      try {
        const own = ['--directory', other.directory, '--ca-file', other.caFile];
        await acme(...own, '--listen', `127.0.0.1:${other.httpPort}`);
        const { validToDate } = readPair().certificate;
        while (Date.now() < validToDate.getTime() - 1500) {
          await pause(100);
        }
        expect(issued(await run('renew')).state).toBe('renewed');
      } finally {
        await other.stop();
      }
    },
    MINUTE,
  );

  test(
    'is used by a running dashboard without a restart',
    async () => {
      await acme();
      const port = await freePort();
      const place = ['-f', folder.path, '--local', '-p', String(port)];
      const started = await dashboard(
        ['start', ...place, '--cred', 'admin@example.org:Amber-Lantern-3:org'],
        {
          cwd: folder.path,
        },
      );
      expect(started.exitCode).toBe(0);
      try {
        expect(await servedFingerprint(port)).toBe(readPair().certificate.fingerprint256);
        const renewed = issued(await run('renew', '--force')).fingerprint;
        await until(async () => (await servedFingerprint(port)) === renewed);
      } finally {
        const stopped = await dashboard(['stop', '--local', '-f', folder.path], { cwd: folder.path });
        expect(stopped.exitCode).toBe(0);
      }
    },
    MINUTE,
  );

  test(
    'leaves a pair alone that came from somewhere else',
    async () => {
      await run('self-signed', DOMAIN);
      const before = readFileSync(cert('web.crt'), 'utf8');
      const refused = await acme();
      expect([refused.exitCode, failed(refused).code]).toEqual([2, 'input_missing']);
      expect(failed(await run('renew')).code).toBe('nothing_to_renew');
      expect((await acme('--yes')).exitCode).toBe(0);
      writeFileSync(cert('web.crt'), before);
      expect(failed(await run('renew', '--force')).code).toBe('certificate_of_others');
      expect(readFileSync(cert('web.crt'), 'utf8')).toBe(before);
    },
    MINUTE,
  );
});

describe('dashboard tls acme, when it fails', () => {
  test.each(['http-01', 'tls-alpn-01'])('names the port when it is in use for %s', async (challenge) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = z.object({ port: z.number() }).parse(taken.address());
    const ended = await acme('--challenge', challenge, '--listen', `127.0.0.1:${port}`);
    taken.close();
    expect(failure(ended)).toEqual({
      exitCode: 4,
      left: [],
      code: 'challenge_port_unavailable',
      message: expect.stringContaining(`Port ${port}`),
      advice: expect.stringContaining('--listen'),
    });
  });

  test(
    'says that the CA could not reach the port',
    async () => {
      const elsewhere = await freePort();
      const ended = await acme('--listen', `127.0.0.1:${elsewhere}`);
      expect(failure(ended)).toEqual({
        exitCode: 1,
        left: [],
        code: 'acme_refused',
        message: expect.stringMatching(/^The CA refused dash\.example\.org: .*refused/),
        advice: expect.stringContaining('DNS record'),
      });
    },
    MINUTE,
  );

  test('says that the CA issues nothing for a name', async () => {
    const ended = await acme('--domain', BLOCKED_DOMAIN);
    expect(failure(ended)).toEqual({
      exitCode: 1,
      left: [],
      code: 'acme_refused',
      message: expect.stringContaining(BLOCKED_DOMAIN),
      advice: expect.stringContaining('public name'),
    });
  });

  test.each([
    ['nothing listens', () => 'https://127.0.0.1:1/dir', 'nothing listens there', 'network'],
    ['its name is unknown', () => 'https://ca.invalid/dir', /unknown|resolved/, 'network'],
    ['it is no ACME directory', () => `${pebble.management}/roots/0`, 'not an ACME directory', 'directory'],
    ['it is 404', () => pebble.directory.replace('/dir', '/other'), '404', 'directory'],
  ])('says that the directory cannot be used: %s', async (_case, directory, reason, advice) => {
    const ended = await acme('--directory', directory());
    expect(failure(ended)).toEqual({
      exitCode: 1,
      left: [],
      code: 'directory_unreachable',
      message: expect.stringMatching(reason),
      advice: expect.stringContaining(advice),
    });
  });

  test('asks for --ca-file when nobody vouches for the directory', async () => {
    const ended = await run(
      ...['acme', '--domain', DOMAIN, '--directory', pebble.directory],
      ...['--listen', `127.0.0.1:${pebble.httpPort}`],
    );
    expect(failure(ended)).toMatchObject({
      left: [],
      code: 'directory_unreachable',
      advice: expect.stringContaining('--ca-file'),
    });
  });

  test('says how long a rate limit lasts', async () => {
    // Pebble has no rate limits: the first request after the directory is refused as Let's Encrypt refuses it.
    const tls = { cert: readFileSync(pebble.caFile), key: readFileSync(join(authority.path, 'pebble.key')) };
    const limited = createHttpsServer(tls, (request, response) => {
      const url = `https://${request.headers.host ?? ''}`;
      if (request.url === '/dir') {
        response.end(JSON.stringify({ newNonce: `${url}/nonce`, newAccount: `${url}/account` }));
        return;
      }
      const isNonce = request.url === '/nonce';
      response.writeHead(isNonce ? 200 : 429, {
        'content-type': isNonce ? 'text/plain' : 'application/problem+json',
        'replay-nonce': 'bm9uY2U',
        'retry-after': '3600',
      });
      const detail = 'too many certificates already issued';
      response.end(JSON.stringify({ type: 'urn:ietf:params:acme:error:rateLimited', detail, status: 429 }));
    }).listen(0, '127.0.0.1');
    await once(limited, 'listening');
    const { port } = z.object({ port: z.number() }).parse(limited.address());
    const ended = await acme('--directory', `https://127.0.0.1:${port}/dir`);
    limited.close();
    expect(failure(ended)).toEqual({
      exitCode: 1,
      left: [],
      code: 'acme_refused',
      message: 'The CA refused: too many certificates already issued (again after 3600 s).',
      advice: expect.stringContaining('Wait'),
    });
  });

  test.each([
    [['--domain', '*.example.org'], 'wildcard'],
    [['--domain', '192.0.2.7'], 'IP address'],
    [['--domain', 'krankenhäuser.example.org'], 'xn--'],
    [['--domain', 'https://dash.example.org'], 'host name'],
    [['--email', 'nobody'], '--email'],
    [['--directory', 'http://ca.example.org/dir'], '--directory'],
    [['--listen', 'localhost:80'], '--listen'],
    [['--listen', '70000'], '70000'],
    [['--challenge', 'dns-01'], 'dns-01'],
  ])('rejects %j', async (args, reason) => {
    const ended = await acme(...args);
    expect(failure(ended)).toMatchObject({ exitCode: 2, left: [], message: expect.stringContaining(reason) });
  });

  test('asks for a name', async () => {
    expect(failed(await run('acme')).message).toContain('--domain');
  });

  test.each([
    ['missing.pem', 'does not exist'],
    ['/etc/hostname', 'no certificate'],
  ])('says why the CA file %s cannot be used', async (file, reason) => {
    const ended = await acme('--ca-file', file);
    expect(failure(ended)).toMatchObject({
      left: [],
      code: 'file_unusable',
      message: expect.stringContaining(reason),
    });
  });
});
