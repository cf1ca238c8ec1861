import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { OwnCa } from '../support/own-ca.ts';
import { exportPkcs12 } from '../support/pkcs12-file.ts';
import { Api } from './api.ts';
import { dashboard, Terminal, type Ended } from './command.ts';
import { makeFolder } from './surroundings.ts';

const MINUTE = 60_000;
const EMAIL = 'admin@example.org';
const PASSWORD = 'Amber-Lantern-3';
const Planned = z.object({ plan: z.object({ version: z.string() }) });

const folder = makeFolder();
const ca = new OwnCa();
let port = 0;
const run = (...args: readonly string[]): Promise<Ended> =>
  dashboard(args, { cwd: folder.path, environment: { NVFL_CREDENTIAL: `${EMAIL}:${PASSWORD}` } });
const root = (...args: readonly string[]): Promise<Ended> => run('root', ...args, '--local');

beforeAll(async () => {
  port = await freePort();
  const started = await run('start', '--local', '-p', String(port), '--cred', `${EMAIL}:${PASSWORD}:org`);
  expect([started.exitCode, started.stderr]).toEqual([0, expect.anything()]);
  const anyone = new Api(`http://127.0.0.1:${port}`);
  const admin = await anyone.logIn(EMAIL, PASSWORD);
  await admin.must('PATCH', '/project', { short_name: 'study', server1: 'fl.example.org', key_bits: 2048 });
  await Promise.all([anyone.close(), admin.close()]);
  ca.make('root');
  ca.make('hospital', { subject: '/O=Hospital/CN=Hospital' });
  ca.write('root.sealed', ca.encryptedKey('root', 'of the file'));
  ca.openssl('x509', '-in', 'root.pem', '-outform', 'der', '-out', 'root.der');
}, MINUTE);
afterAll(async () => {
  await run('stop', '--local');
  folder.remove();
  ca.remove();
}, MINUTE);

const freeze = async (): Promise<void> => {
  const anyone = new Api(`http://127.0.0.1:${port}`);
  const admin = await anyone.logIn(EMAIL, PASSWORD);
  await admin.must('PATCH', '/project', { frozen: true });
  await Promise.all([anyone.close(), admin.close()]);
};

test(
  'has another CA sign the root, and refuses what does not fit',
  async () => {
    expect((await root('show')).stdout).toContain('will generate a root CA');
    const request = join(folder.path, 'root.csr');
    const asked = await root('request', '-o', request);
    expect([asked.exitCode, existsSync(request)]).toEqual([0, true]);
    const twice = await root('request', '-o', request);
    expect([twice.exitCode, twice.stderr]).toEqual([1, expect.stringContaining('it exists')]);
    ca.openssl('req', '-in', request, '-out', 'copy.csr');
    const signed = ca.sign(ca.read('copy.csr'), 'signed', 'hospital');
    const alone = await root('accept', ca.path('signed.pem'));
    expect([alone.exitCode, alone.stderr]).toEqual([1, expect.stringContaining('up to the self-signed one')]);
    const chain = join(folder.path, 'chain.pem');
    writeFileSync(chain, signed + ca.certificate('hospital'));
    const accepted = await root('accept', chain);
    expect([accepted.exitCode, accepted.stdout]).toEqual([0, expect.stringContaining('CN=Hospital')]);
    const discarded = await root('discard');
    expect([discarded.exitCode, discarded.stdout]).toEqual([
      0,
      'Discarded the prepared root CA with its key.\nThe freeze will generate a root CA.\n',
    ]);
    expect((await root('discard')).stdout).toContain('nothing was discarded');
    expect((await root('request', '--json')).exitCode).toBe(0);
    expect((await root('discard')).stdout).toContain('Discarded the request');
  },
  2 * MINUTE,
);

test(
  'asks at a terminal for the passphrase of a PKCS#12 file, which nobody sees',
  async () => {
    const passphrase = 'Amber of the file';
    const p12 = join(folder.path, 'asked.p12');
    writeFileSync(p12, exportPkcs12(ca, { key: 'root', certificates: ca.certificate('root'), passphrase }));
    const importing = (): Terminal =>
      new Terminal(['root', 'import', p12, '--local'], {
        cwd: folder.path,
        environment: { NVFL_CREDENTIAL: `${EMAIL}:${PASSWORD}` },
      });
    const wrong = importing();
    await wrong.see(`Passphrase of ${p12}`);
    wrong.type('Amber of another\r');
    expect(await wrong.ended).toBe(1);
    expect(wrong.text).toContain('does not open');
    const interrupted = importing();
    await interrupted.see(`Passphrase of ${p12}`);
    interrupted.type('\u0003');
    expect(await interrupted.ended).toBe(130);
    expect((await root('show')).stdout).toContain('will generate a root CA');
    const right = importing();
    await right.see(`Passphrase of ${p12}`);
    right.type(`${passphrase}\r`);
    expect([await right.ended, right.text]).toEqual([0, expect.stringContaining('Subject:     CN=study')]);
    expect(right.text).not.toContain(passphrase);
    expect((await root('discard')).exitCode).toBe(0);
  },
  2 * MINUTE,
);

test(
  'warns of a root CA that allows no job CA, and takes it',
  async () => {
    const extensions = [
      'basicConstraints=critical,CA:TRUE,pathlen:0',
      'keyUsage=critical,keyCertSign,cRLSign',
    ];
    ca.make('end', { keyOf: 'root', extensions });
    const imported = await root('import', ca.path('end.pem'), ca.path('root.key'));
    expect([imported.exitCode, imported.stdout]).toEqual([
      0,
      expect.stringContaining('Warning:     pathlen:0 allows no job CA, which servers of NVFLARE 2.10 need'),
    ]);
    expect((await root('discard')).exitCode).toBe(0);
  },
  MINUTE,
);

test(
  'imports a root CA in DER with an encrypted key, and renews it after the freeze',
  async () => {
    const passphrase = join(folder.path, 'passphrase');
    writeFileSync(passphrase, 'wrong\n');
    const files = [ca.path('root.der'), ca.path('root.sealed'), '--key-passphrase-file', passphrase];
    const p12 = join(folder.path, 'root.p12');
    const certificates = ca.certificate('root');
    writeFileSync(p12, exportPkcs12(ca, { key: 'root', certificates, passphrase: 'of the file' }));
    const locked = await root('import', p12);
    expect([locked.exitCode, locked.stderr]).toEqual([1, expect.stringContaining('give its passphrase too')]);
    const both = await root('import', p12, ca.path('root.key'));
    expect([both.exitCode, both.stderr]).toEqual([2, expect.stringContaining('which holds the key')]);
    const alone = await root('import', ca.path('root.der'));
    expect([alone.exitCode, alone.stderr]).toEqual([2, expect.stringContaining('name its key as well')]);
    const wrong = await root('import', ...files);
    expect([wrong.exitCode, wrong.stderr]).toEqual([1, expect.stringContaining('does not open')]);
    writeFileSync(passphrase, 'of the file\n');
    const fromP12 = await root('import', p12, '--key-passphrase-file', passphrase);
    expect([fromP12.exitCode, fromP12.stdout]).toEqual([0, expect.stringContaining('Subject:     CN=study')]);
    expect((await root('discard')).exitCode).toBe(0);
    const imported = await root('import', ...files);
    expect([imported.exitCode, imported.stderr]).toEqual([0, '']);
    expect(imported.stdout).not.toContain('without a passphrase');
    await freeze();
    const planned = await root('renew', '--valid-days', '900', '--json');
    const { version } = Planned.parse(JSON.parse(planned.stdout)).plan;
    const renewed = await root('renew', '--valid-days', '900', '--confirm', version);
    expect([renewed.exitCode, renewed.stdout]).toEqual([
      0,
      expect.stringContaining('With the present one: 0 of 0'),
    ]);
    expect((await root('progress')).stdout).toContain('Before:');
    const late = await root('import', ...files);
    expect([late.exitCode, late.stderr]).toEqual([1, expect.stringContaining('frozen')]);
    const shown = await root('show');
    expect([shown.exitCode, shown.stdout]).toEqual([
      0,
      expect.stringMatching(/^The project is frozen, and this is its root CA:\n.*\n {2}Fingerprint: SHA256:/),
    ]);
    expect(shown.stdout).not.toContain('will');
    const kept = await root('discard');
    expect([kept.exitCode, kept.stdout, kept.stderr]).toEqual([
      1,
      '',
      expect.stringContaining('The project is frozen and keeps its root CA; nothing was discarded.'),
    ]);
  },
  2 * MINUTE,
);
