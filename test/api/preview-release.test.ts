import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ADMIN, startBackend, type Backend } from './backend.ts';
import { unzipKit, type KitFiles } from './kit-files.ts';

const PIN = 'Kit4Preview';
let backend: Backend;
const folder = mkdtempSync(path.join(tmpdir(), 'preview-release-'));

beforeAll(async () => {
  backend = await startBackend();
  const settings = {
    short_name: 'Heart Study',
    server1: 'fl.example.org',
    key_bits: 2048,
    project_props: { certificate_renewal: true },
    studies: { lung: { site_orgs: {}, admins: [ADMIN] }, liver: { site_orgs: {}, admins: [] } },
  };
  await backend.admin('PATCH', '/project', settings);
}, 60_000);
afterAll(async () => {
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
});

const kitOf = async (of: string): Promise<KitFiles> =>
  unzipKit((await backend.admin('POST', `/${of}/blob`, { pin: PIN })).bytes, PIN);

const openssl = (...args: readonly string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

describe('NVFLARE 2.10', () => {
  test('is marked as a preview in the response and in the checks before freezing', async () => {
    const set = await backend.admin('PATCH', '/project', { target_release: '2.10' });
    expect([set.status, set.json['warnings']]).toEqual([
      200,
      [{ path: 'target_release', message: expect.stringContaining('is a preview') }],
    ]);
    const checks = await backend.admin('POST', '/project/checks');
    expect(checks.json).toMatchObject({
      ready: true,
      checks: expect.arrayContaining([
        expect.objectContaining({ name: 'target_release', outcome: 'warning', code: 'preview' }),
      ]),
    });
    expect((await backend.admin('PATCH', '/project', { frozen: true })).status).toBe(200);
  });

  test('gives the server an intermediate CA for jobs that OpenSSL accepts below the root', async () => {
    const kit = await kitOf('servers/1');
    writeFileSync(path.join(folder, 'root.pem'), kit.text('startup/rootCA.pem'));
    writeFileSync(path.join(folder, 'job.crt'), kit.text('startup/job_ca.crt'));
    writeFileSync(path.join(folder, 'job.key'), kit.text('startup/job_ca.key'));
    const subject = openssl('x509', '-in', 'job.crt', '-noout', '-subject', '-nameopt', 'RFC2253');
    expect(subject.trim()).toBe('subject=CN=job_ca.Heart Study');
    const text = openssl('x509', '-in', 'job.crt', '-noout', '-text');
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Certificate Sign, CRL Sign/);
    expect(text).toContain('URI:https://nvidia.com/nvflare/v1/ca/job');
    expect(text).not.toContain('Extended Key Usage');
    openssl(
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'leaf.key',
      '-subj',
      '/CN=site-1',
      '-out',
      'leaf.csr',
    );
    openssl(
      'x509',
      '-req',
      '-in',
      'leaf.csr',
      '-CA',
      'job.crt',
      '-CAkey',
      'job.key',
      '-out',
      'leaf.crt',
      '-days',
      '1',
    );
    expect(openssl('verify', '-CAfile', 'root.pem', '-untrusted', 'job.crt', 'leaf.crt')).toContain('OK');
    expect(kit.json('local/comm_config.json')).toEqual({ certificate_renewal: true });
  });

  test('names the studies of its user in the certificate of a console, in a second one as well', async () => {
    for (const round of [1, 2]) {
      const { subjectAltName } = new X509Certificate((await kitOf('users/1')).text('startup/client.crt'));
      expect([round, subjectAltName]).toEqual([
        round,
        `DNS:${ADMIN}, URI:https://nvidia.com/nvflare/v1/project/Heart%20Study/study/lung`,
      ]);
    }
  });

  test('shows the job CA in the ledger', async () => {
    const ledger = await backend.admin('GET', '/kits');
    expect(JSON.stringify(ledger.json)).toContain('job_ca.Heart Study');
  });

  test('leaves kits for 2.9 as they are', async () => {
    await backend.admin('PATCH', '/project', { target_release: '2.9' });
    const kit = await kitOf('servers/1');
    expect(kit.names.filter((name) => name.includes('job_ca') || name.includes('comm_config'))).toEqual([]);
    const { subjectAltName } = new X509Certificate((await kitOf('users/1')).text('startup/client.crt'));
    expect(subjectAltName).toBe(`DNS:${ADMIN}`);
  });
});
