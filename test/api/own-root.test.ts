import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { PreparedRoot } from '../../src/contract/api/own-root.ts';
import { RootCaResponse } from '../../src/contract/api/root-ca.ts';
import { CA_EXTENSIONS, OwnCa } from '../support/own-ca.ts';
import { exportPkcs12 } from '../support/pkcs12-file.ts';
import { startBackend, type Backend, type Reply } from './backend.ts';

const PIN = 'abcd1234';
const PASSPHRASE = 'a long passphrase';
const Prepared = z.object({ prepared: PreparedRoot });
const Refusal = z.object({
  code: z.string(),
  fields: z.array(z.object({ path: z.string(), code: z.string() })),
});

const ca = new OwnCa();
let backend: Backend | undefined;
let clock = () => new Date();

beforeAll(() => {
  ca.make('root');
  ca.make('other', { keyOf: 'root', subject: '/CN=other' });
  ca.make('hospital', { subject: '/O=Hospital/CN=Hospital Root' });
  ca.make('issuing', { subject: '/O=Hospital/CN=Hospital Issuing', issuer: 'hospital' });
});
afterEach(async () => {
  await backend?.close();
  clock = () => new Date();
});
afterAll(() => {
  ca.remove();
});

const start = async (settings: object = {}, passphrase?: string): Promise<Backend> => {
  backend = await startBackend({ passphrase, now: () => clock() });
  const project = { short_name: 'study', server1: 'fl.example.org', key_bits: 2048, ...settings };
  expect((await backend.admin('PATCH', '/project', project)).status).toBe(200);
  return backend;
};
const freeze = ({ admin }: Backend): Promise<Reply> => admin('PATCH', '/project', { frozen: true });
const prepared = ({ status, json }: Reply): PreparedRoot => {
  expect([status, json]).toEqual([200, expect.anything()]);
  return Prepared.parse(json).prepared;
};
const refused = ({ status, json }: Reply): readonly unknown[] => {
  const { code, fields } = Refusal.parse(json);
  return [status, code, ...fields.map((field) => `${field.path}: ${field.code}`)];
};
const root = async ({ admin }: Backend) => RootCaResponse.parse((await admin('GET', '/ca')).json);
const importRoot = ({ admin }: Backend, more: object = {}): Promise<Reply> =>
  admin('POST', '/ca/import', { certificate: ca.certificate('root'), key: ca.key('root'), ...more });

/** A file of PKCS#12 in base64. */
const p12 = (passphrase: string, certificate = 'root'): string =>
  exportPkcs12(ca, { key: 'root', certificates: ca.certificate(certificate), passphrase }).toString('base64');

/** The server's kit, unpacked. */
const serverKit = async ({ admin, folder }: Backend): Promise<string> => {
  const { status, bytes } = await admin('POST', '/servers/1/blob', { pin: PIN });
  expect(status).toBe(200);
  const target = mkdtempSync(join(folder, 'kit-'));
  writeFileSync(join(target, 'kit.zip'), bytes);
  execFileSync('unzip', ['-qq', '-P', PIN, 'kit.zip'], { cwd: target });
  return join(target, 'startup');
};

const expectSigned = async (started: Backend, certificate: string): Promise<void> => {
  const kit = await serverKit(started);
  const pem = readFileSync(join(kit, 'rootCA.pem'), 'utf8');
  expect(pem).toBe(certificate);
  const leaf = new X509Certificate(readFileSync(join(kit, 'server.crt')));
  expect(leaf.verify(new X509Certificate(pem).publicKey)).toBe(true);
  const verified = execFileSync(
    'openssl',
    ['verify', '-partial_chain', '-CAfile', 'rootCA.pem', 'server.crt'],
    { cwd: kit, encoding: 'utf8' },
  );
  expect(verified).toBe('server.crt: OK\n');
};

describe('a root CA that allows no CA below it', () => {
  const END = ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign,cRLSign'];

  it('is accepted with a warning, and refused where NVFLARE needs a job CA', async () => {
    ca.make('end', { keyOf: 'root', extensions: END });
    const started = await start({ target_release: '2.10' });
    const ready = prepared(await importRoot(started, { certificate: ca.certificate('end') }));
    expect([ready.state, ready.warnings]).toEqual(['ready', ['no_job_ca']]);
    const refusal = [409, 'project_incomplete', 'target_release: root_forbids_job_ca'];
    expect(refused(await freeze(started))).toEqual(refusal);
    const without = { project_props: { enable_job_ca: false } };
    expect((await started.admin('PATCH', '/project', without)).status).toBe(200);
    expect((await freeze(started)).status).toBe(200);
    await serverKit(started);
  });

  it('makes kits for 2.9, and none for a server of 2.10', async () => {
    const started = await start({ target_release: '2.9' });
    prepared(await importRoot(started, { certificate: ca.certificate('end') }));
    expect((await freeze(started)).status).toBe(200);
    await serverKit(started);
    expect((await started.admin('PATCH', '/project', { target_release: '2.10' })).status).toBe(200);
    const { status, json } = await started.admin('POST', '/servers/1/blob', { pin: PIN });
    expect([status, json]).toMatchObject([
      409,
      { code: 'project_incomplete', message: expect.stringContaining('pathlen:0') },
    ]);
    const { json: listed } = await started.admin('GET', '/kits/outdated');
    expect(listed['kits']).toMatchObject([{ kind: 'server', effect: 'blocked' }]);
  });
});

describe('a root CA that is imported', () => {
  it('is used by the freeze and signs kits', async () => {
    const started = await start();
    expect(prepared(await started.admin('GET', '/ca/prepared'))).toEqual({ state: 'none' });
    expect(prepared(await importRoot(started))).toMatchObject({
      state: 'ready',
      subject: 'CN=study',
      issuer: 'CN=study',
      key_encrypted: false,
      fingerprint_sha256: new X509Certificate(ca.certificate('root')).fingerprint256,
    });
    expect((await freeze(started)).status).toBe(200);
    expect((await root(started)).certificate).toBe(ca.certificate('root'));
    expect(prepared(await started.admin('GET', '/ca/prepared'))).toEqual({ state: 'none' });
    await expectSigned(started, ca.certificate('root'));
  });

  it('is taken from a file of PKCS#12, and stored under its passphrase', async () => {
    const first = await start();
    const pkcs12 = p12('of the file');
    const body = { pkcs12, passphrase: 'of the file' };
    expect(prepared(await first.admin('POST', '/ca/import', body))).toMatchObject({
      state: 'ready',
      key_encrypted: true,
      fingerprint_sha256: new X509Certificate(ca.certificate('root')).fingerprint256,
    });
    backend = await first.restart('of the file');
    expect((await freeze(backend)).status).toBe(200);
    await expectSigned(backend, ca.certificate('root'));
  });

  it('is refused in a file of PKCS#12 with its reason', async () => {
    const started = await start();
    const right = { pkcs12: p12('right'), passphrase: 'right' };
    const other = p12('right', 'other');
    const cases: readonly (readonly [object, string])[] = [
      [{ ...right, passphrase: 'wrong' }, 'passphrase: key_passphrase_wrong'],
      [{ pkcs12: right.pkcs12 }, 'passphrase: key_encrypted'],
      [{ ...right, pkcs12: other }, 'pkcs12: root_wrong_name'],
      [{ pkcs12: Buffer.from('nothing').toString('base64') }, 'pkcs12: pkcs12_unreadable'],
      [{ ...right, key: ca.key('root') }, 'key: duplicate'],
      [{ certificate: ca.certificate('root') }, 'key: missing'],
    ];
    for (const [body, field] of cases) {
      expect(refused(await started.admin('POST', '/ca/import', body))).toEqual([400, 'invalid', field]);
    }
    expect(prepared(await started.admin('GET', '/ca/prepared')).state).toBe('none');
  });

  it('is stored under the passphrase of the start, whatever its file had', async () => {
    const first = await start({}, PASSPHRASE);
    const key = ca.encryptedKey('root', 'of the file');
    expect(prepared(await importRoot(first, { key, passphrase: 'of the file' })).key_encrypted).toBe(true);
    const again = await first.restart(PASSPHRASE);
    backend = again;
    expect((await freeze(again)).status).toBe(200);
    const sealed = await again.restart();
    backend = sealed;
    expect((await root(sealed)).sealed).toBe(true);
    expect((await sealed.admin('POST', '/unseal', { passphrase: PASSPHRASE })).status).toBe(200);
    await expectSigned(sealed, ca.certificate('root'));
  });

  it('keeps its own passphrase where the start has none, and is refused without it', async () => {
    const first = await start();
    const key = ca.encryptedKey('root', 'of the file');
    expect(prepared(await importRoot(first, { key, passphrase: 'of the file' })).key_encrypted).toBe(true);
    const without = await first.restart();
    backend = without;
    expect((await freeze(without)).json['code']).toBe('sealed');
    const withIt = await without.restart('of the file');
    backend = withIt;
    expect((await freeze(withIt)).status).toBe(200);
  });

  it('is refused with its reason, and then the freeze generates one', async () => {
    const started = await start();
    const sealed = ca.encryptedKey('root', 'right');
    const cases: readonly (readonly [object, string])[] = [
      [{ certificate: 'nothing' }, 'certificate: root_unreadable'],
      [{ certificate: ca.certificate('other') }, 'certificate: root_wrong_name'],
      [{ key: ca.key('hospital') }, 'certificate: root_mismatch'],
      [{ key: 'nothing' }, 'key: key_unreadable'],
      [{ key: sealed }, 'passphrase: key_encrypted'],
      [{ key: sealed, passphrase: 'wrong' }, 'passphrase: key_passphrase_wrong'],
      [{ certificate: ca.certificate('root') + ca.certificate('hospital') }, 'certificate: root_surplus'],
    ];
    for (const [more, field] of cases) {
      expect(refused(await importRoot(started, more))).toEqual([400, 'invalid', field]);
    }
    expect((await freeze(started)).status).toBe(200);
    expect((await root(started)).certificate).not.toBe(ca.certificate('root'));
    expect((await importRoot(started)).json['code']).toBe('project_frozen');
  });

  it('is refused by the freeze once the short name is another', async () => {
    const started = await start();
    prepared(await importRoot(started));
    const renamed = await started.admin('PATCH', '/project', { short_name: 'renamed', frozen: true });
    expect(refused(renamed)).toEqual([400, 'invalid', 'certificate: root_wrong_name']);
    expect((await started.admin('DELETE', '/ca/prepared')).status).toBe(200);
    expect((await freeze(started)).status).toBe(200);
    expect((await root(started)).subject).toBe('CN=study');
  });

  it('needs a short name, and a password confirmed of late', async () => {
    const started = await start({ short_name: '' });
    expect(refused(await importRoot(started))).toEqual([409, 'project_incomplete', 'short_name: missing']);
    clock = () => new Date(Date.now() + 6 * 60_000);
    expect((await importRoot(started)).json['code']).toBe('confirmation_required');
  });
});

describe('a root CA that the CA of the hospital signs', () => {
  const sign = (request: string, extensions: readonly string[] = CA_EXTENSIONS): string =>
    ca.sign(request, 'signed', 'issuing', { extensions });
  const chain = (): string => ca.certificate('issuing') + ca.certificate('hospital');
  const give = ({ admin }: Backend, certificate: string): Promise<Reply> =>
    admin('POST', '/ca/certificate', { certificate });
  const ask = async ({ admin }: Backend): Promise<string> => {
    const { state, request } = prepared(await admin('POST', '/ca/request'));
    expect(state).toBe('requested');
    return request ?? '';
  };

  it('is used by the freeze once it is signed', async () => {
    const started = await start({}, PASSPHRASE);
    const request = await ask(started);
    expect(await ask(started)).toBe(request);
    ca.write('asked.csr', request);
    ca.openssl('req', '-in', 'asked.csr', '-verify', '-noout');
    expect(refused(await freeze(started))).toEqual([409, 'project_incomplete', 'root: root_unsigned']);
    const again = await started.restart(PASSPHRASE);
    backend = again;
    const certificate = sign(request);
    expect(prepared(await give(again, chain() + certificate))).toMatchObject({
      state: 'ready',
      issuer: 'O=Hospital\nCN=Hospital Issuing',
      chain: chain(),
    });
    expect((await freeze(again)).status).toBe(200);
    expect(await root(again)).toMatchObject({ certificate, chain: chain() });
    await expectSigned(again, certificate);
    const other = await again.admin('POST', '/reissue/plan', { project_props: { scheme: 'http' } });
    expect([other.status, JSON.stringify(other.json)]).toEqual([
      409,
      expect.stringContaining('works with gRPC'),
    ]);
    const { bytes } = await again.stranger('GET', '/crl.pem');
    ca.write('crl.pem', bytes);
    ca.write('all.pem', certificate + chain());
    ca.openssl('crl', '-in', 'crl.pem', '-CAfile', 'all.pem', '-noout');
  });

  it('is refused with its reason', async () => {
    const started = await start();
    expect((await give(started, ca.certificate('root'))).json['code']).toBe('not_found');
    const request = await ask(started);
    const good = sign(request);
    const narrow = sign(request, ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,cRLSign']);
    const leaf = sign(request, ['basicConstraints=critical,CA:FALSE']);
    const cases: readonly (readonly [string, string])[] = [
      [good, 'root_chain_incomplete'],
      [good + ca.certificate('hospital'), 'root_chain_incomplete'],
      [good + chain() + ca.certificate('root'), 'root_surplus'],
      [narrow + chain(), 'root_no_cert_sign'],
      [leaf + chain(), 'root_not_ca'],
      [ca.certificate('root'), 'root_mismatch'],
    ];
    for (const [certificate, code] of cases) {
      expect(refused(await give(started, certificate))).toEqual([400, 'invalid', `certificate: ${code}`]);
    }
    expect(prepared(await give(started, good + chain())).state).toBe('ready');
    expect((await started.admin('POST', '/ca/request')).json['code']).toBe('conflicting');
  });

  it.each([
    ['another transport', { project_props: { scheme: 'tcp' } }, 'project_props.scheme'],
    ['an earlier release', { target_release: '2.6' }, 'target_release'],
  ])(
    'is refused with %s, which would trust everything that the hospital signs',
    async (_what, settings, path) => {
      const started = await start(settings);
      prepared(await give(started, sign(await ask(started)) + chain()));
      expect(refused(await freeze(started))).toEqual([409, 'project_incomplete', `${path}: root_needs_grpc`]);
    },
  );
});
