import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Api } from './api.ts';
import { useBuiltImage } from './built-image.ts';
import { dashboard, type Ended } from './command.ts';
import { describeWithEngine, docker, makeFolder } from './surroundings.ts';
import { freePort } from '../support/free-port.ts';
import { uniqueName } from '../support/unique-name.ts';

const MINUTES = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const SUBJECT = 'CN=dash.example.org, O=Example Hospital';

/** Makes `web.crt` and `web.key` as an operator does. @returns the certificate's PEM */
const makeCertificate = (folder: string): string => {
  const cert = join(folder, 'cert');
  mkdirSync(cert, { recursive: true });
  const certificate = join(cert, 'web.crt');
  const [subject, names] = [
    '/CN=dash.example.org/O=Example Hospital',
    'DNS:dash.example.org,DNS:localhost,IP:127.0.0.1',
  ];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '90', '-subj', subject],
      ...['-addext', `subjectAltName=${names}`, '-keyout', join(cert, 'web.key'), '-out', certificate],
    ],
    { stdio: 'pipe' },
  );
  return readFileSync(certificate, 'utf8');
};

/** SHA-256 of the certificate that a port shows to whoever connects. */
const shownFingerprint = (port: number): Promise<string> =>
  new Promise((done, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      done(socket.getPeerCertificate().fingerprint256);
      socket.end();
    });
    socket.once('error', reject);
  });

describeWithEngine('a web certificate in cert/', () => {
  const image = useBuiltImage();
  const name = uniqueName();
  const folder = makeFolder();
  let port = 0;
  let pem = '';
  const credential = `${EMAIL}:${PASSWORD}:org`;
  const start = (...args: readonly string[]): Promise<Ended> =>
    dashboard(
      ['--start', '-p', String(port), '--name', name, '--image', image, '--cred', credential, ...args],
      { cwd: folder.path },
    );
  const stop = (): Promise<Ended> => dashboard(['--stop', '--name', name], { cwd: folder.path });

  beforeAll(async () => {
    port = await freePort();
  });
  beforeEach(() => {
    pem = makeCertificate(folder.path);
  });
  afterAll(() => {
    docker('rm', '-f', name);
    folder.remove();
  });

  test(
    'serves HTTPS with that certificate, and names its subject and end',
    async () => {
      const started = await start();
      expect([started.exitCode, started.stderr]).toEqual([0, expect.not.stringContaining('Error')]);
      const end = new Date(new X509Certificate(pem).validTo).toISOString().slice(0, 10);
      expect(started.stdout).toContain(`HTTPS, certificate ${SUBJECT}, valid to ${end}`);
      expect(started.stdout).toContain(`https://localhost:${port}/`);
      expect(started.stdout).toContain(`https://dash.example.org:${port}/`);
      expect(started.stdout).not.toContain('http://');

      expect(await shownFingerprint(port)).toBe(new X509Certificate(pem).fingerprint256);
      const anyone = new Api(`https://127.0.0.1:${port}`, pem);
      const admin = await anyone.logIn(EMAIL, PASSWORD, pem);
      expect((await admin.must('GET', '/project')).json).toMatchObject({ project: { frozen: false } });
      await Promise.all([anyone.close(), admin.close()]);
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(400);

      expect((await stop()).exitCode).toBe(0);
    },
    3 * MINUTES,
  );

  describe.each([
    ['web.crt', 'web.key'],
    ['web.key', 'web.crt'],
  ])('with %s alone', (there, missing) => {
    test(
      'warns and serves HTTP',
      async () => {
        rmSync(join(folder.path, 'cert', missing));
        const started = await start();
        expect([started.exitCode, started.stderr]).toEqual([
          0,
          expect.stringContaining(`holds ${there} but no ${missing}: serving HTTP.`),
        ]);
        expect(started.stdout).toContain(`http://localhost:${port}/`);
        expect(started.stdout).not.toContain('https://');
        expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
        expect((await stop()).exitCode).toBe(0);
      },
      3 * MINUTES,
    );
  });

  test('refuses a key of another certificate before anything is touched', async () => {
    const other = makeFolder();
    const empty = makeFolder();
    makeCertificate(other.path);
    makeCertificate(empty.path);
    execFileSync('cp', [join(other.path, 'cert', 'web.key'), join(empty.path, 'cert', 'web.key')]);
    const refused = await start('-f', empty.path);
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toBe('');
    expect(refused.stderr.trimEnd().split('\n')).toEqual([
      `Error: The web certificate in ${empty.path}/cert cannot be used: web.key is not the key of web.crt.`,
      'Put a valid web.crt with its web.key there, or remove both to serve HTTP.',
    ]);
    expect(docker('ps', '-aq', '--filter', `name=${name}`).text).toBe('');
    expect(existsSync(join(empty.path, 'db.sqlite'))).toBe(false);
    other.remove();
    empty.remove();
  });
});
