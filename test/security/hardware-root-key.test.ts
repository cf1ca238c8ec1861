import { execFileSync } from 'node:child_process';
import { constants, verify, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { OwnCa } from '../support/own-ca.ts';
import { BackendProcess } from '../soak/backend-process.ts';

const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
const PIN = '482913';
const MINUTE_MS = 60_000;
const BAD_CONFIGURATION = 64;
const ZIP_PIN = 'abcd1234';
const PSS = constants.RSA_PKCS1_PSS_PADDING;

const folder = mkdtempSync(join(tmpdir(), 'token-'));
const softhsm = join(folder, 'softhsm2.conf');
const pinFile = join(folder, 'pin');
const environment = {
  SOFTHSM2_CONF: softhsm,
  NVFL_PKCS11_MODULE: MODULE,
  NVFL_PKCS11_LABEL: 'study',
  NVFL_PKCS11_PIN_FILE: pinFile,
};
const Prepared = z.object({ prepared: z.object({ request: z.string(), key_location: z.string() }) });
const Ca = z.object({ certificate: z.string(), key_location: z.string(), key_encrypted: z.boolean() });

let backend: BackendProcess;
let token = '';

const util = (...args: readonly string[]): void => {
  execFileSync('softhsm2-util', args, { env: { ...process.env, SOFTHSM2_CONF: softhsm }, stdio: 'pipe' });
};

const ask = async (method: string, path: string, body?: object) => {
  const response = await backend.ask({ method, path, token, ...(body === undefined ? {} : { body }) });
  expect([path, response.status]).toEqual([path, 200]);
  return response;
};

const root = async (): Promise<z.infer<typeof Ca>> => Ca.parse((await ask('GET', '/ca')).json);

/** Unpacks the server's kit. */
const serverKit = async (): Promise<string> => {
  const { body } = await ask('POST', '/servers/1/blob', { pin: ZIP_PIN, encryption: 'zipcrypto' });
  const target = mkdtempSync(join(folder, 'kit-'));
  writeFileSync(join(target, 'kit.zip'), body);
  execFileSync('unzip', ['-qq', '-P', ZIP_PIN, 'kit.zip'], { cwd: target });
  return join(target, 'startup');
};

const expectSignedBy = (pem: string, startup: string): void => {
  const { publicKey } = new X509Certificate(pem);
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  expect(new X509Certificate(readFileSync(join(startup, 'server.crt'))).verify(publicKey)).toBe(true);
  const signatures = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(startup, 'signature.json'), 'utf8')));
  expect(Object.keys(signatures)).toContain('fed_server.json');
  const key = { key: publicKey, padding: PSS, saltLength: bits / 8 - 34 };
  for (const [name, signature] of Object.entries(signatures)) {
    const content = readFileSync(join(startup, name));
    expect([name, verify('sha256', content, key, Buffer.from(signature, 'base64'))]).toEqual([name, true]);
  }
};

/** Starts with other settings on a folder of its own. @returns exit code and log */
const refused = async (changes: Readonly<Record<string, string>>) => {
  const other = await BackendProcess.prepare({ environment: { ...environment, ...changes } });
  const exitCode = await other.startInVain();
  await other.remove();
  return [exitCode, other.log] as const;
};

beforeAll(async () => {
  mkdirSync(join(folder, 'tokens'));
  writeFileSync(softhsm, `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\n`);
  writeFileSync(pinFile, `${PIN}\n`);
  util('--init-token', '--free', '--label', 'study', '--so-pin', '12345678', '--pin', PIN);
  backend = await BackendProcess.prepare({ environment });
  await backend.start();
  token = await backend.logIn();
}, MINUTE_MS);
afterAll(async () => {
  await backend.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('a root key in a hardware token', () => {
  it('is generated there by the freeze and signs certificates and files of kits', async () => {
    const project = { short_name: 'demo', server1: 'fl.example.org', key_bits: 2048, target_release: '2.6' };
    await ask('PATCH', '/project', { ...project, frozen: true });
    const ca = await root();
    expect(ca).toMatchObject({ key_location: 'token', key_encrypted: true });
    expectSignedBy(ca.certificate, await serverKit());
  });

  it('signs the revocation list', async () => {
    const { body } = await backend.ask({ method: 'GET', path: '/crl.pem' });
    writeFileSync(join(folder, 'crl.pem'), body);
    writeFileSync(join(folder, 'root.pem'), (await root()).certificate);
    const args = ['crl', '-in', 'crl.pem', '-CAfile', 'root.pem', '-verify', '-noout'];
    expect(execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }).toString()).toBe('');
    execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', 'root.pem', 'root.pem'], { cwd: folder });
  });

  it('is named in the database, which contains no key', () => {
    const database = readFileSync(join(backend.folder, 'db.sqlite'));
    const log = readFileSync(join(backend.folder, 'db.sqlite-wal'));
    const content = Buffer.concat([database, log]);
    expect(content.includes('pkcs11:token=study;object=nvflare-root;type=private')).toBe(true);
    expect(content.includes('PRIVATE KEY')).toBe(false);
    expect(content.includes(PIN)).toBe(false);
    expect(backend.log).not.toContain(PIN);
  });

  it('has no passphrase to change', async () => {
    const body = { passphrase: 'a long passphrase' };
    const response = await backend.ask({ method: 'POST', path: '/passphrase', token, body });
    expect(response.status).toBe(409);
    expect(response.json).toMatchObject({ message: expect.stringContaining('hardware token') });
  });

  it('signs again after a restart', async () => {
    await backend.stop();
    await backend.start();
    token = await backend.logIn();
    expectSignedBy((await root()).certificate, await serverKit());
  });

  it('signs parallel kits one after the other', async () => {
    const startups = await Promise.all(Array.from({ length: 4 }, serverKit));
    const { certificate } = await root();
    for (const startup of startups) {
      expectSignedBy(certificate, startup);
    }
  });

  it('is required at the start of its project', async () => {
    await backend.stop();
    const without = await BackendProcess.prepare({ folder: backend.folder });
    expect(await without.startInVain()).toBe(BAD_CONFIGURATION);
    expect(without.log).toContain("This project's root key is in a hardware token");
    util('--init-token', '--free', '--label', 'other', '--so-pin', '12345678', '--pin', PIN);
    const elsewhere = await BackendProcess.prepare({
      folder: backend.folder,
      environment: { ...environment, NVFL_PKCS11_LABEL: 'other' },
    });
    expect(await elsewhere.startInVain()).toBe(BAD_CONFIGURATION);
    expect(elsewhere.log).toContain('does not contain the root key');
  });
});

it('has another CA sign a key in the token, and the token then signs with it', async () => {
  const other = await BackendProcess.prepare({
    environment: { ...environment, NVFL_PKCS11_LABEL: 'study/signed-root' },
  });
  const ca = new OwnCa();
  try {
    await other.start();
    const own = await other.logIn();
    const call = async (method: string, path: string, body: object = {}) => {
      const response = await other.ask({ method, path, token: own, body });
      expect([path, response.status]).toEqual([path, 200]);
      return response.json;
    };
    await call('PATCH', '/project', { short_name: 'demo', server1: 'fl.example.org', key_bits: 2048 });
    const { prepared } = Prepared.parse(await call('POST', '/ca/request'));
    expect(prepared.key_location).toBe('token');
    const hospital = ca.make('hospital', { subject: '/CN=Hospital' });
    const certificate = ca.sign(prepared.request, 'signed', 'hospital');
    const given = { certificate, key: ca.key('hospital') };
    const imported = await other.ask({ method: 'POST', path: '/ca/import', token: own, body: given });
    expect(imported.status).toBe(400);
    await call('POST', '/ca/certificate', { certificate: certificate + hospital });
    await call('PATCH', '/project', { frozen: true });
    const list = await other.ask({ method: 'GET', path: '/crl.pem' });
    ca.write('crl.pem', list.body);
    ca.write('all.pem', certificate + hospital);
    ca.openssl('crl', '-in', 'crl.pem', '-CAfile', 'all.pem', '-noout');
  } finally {
    await other.remove();
    ca.remove();
  }
});

describe('a start is refused when', () => {
  it('the module is missing', async () => {
    const [code, log] = await refused({ NVFL_PKCS11_MODULE: '/usr/lib/nothing.so' });
    expect([code, log]).toEqual([BAD_CONFIGURATION, expect.stringContaining('There is no PKCS#11 module')]);
  });

  it('the module is something else', async () => {
    const [code, log] = await refused({ NVFL_PKCS11_MODULE: pinFile });
    expect([code, log]).toEqual([BAD_CONFIGURATION, expect.stringContaining('module cannot be loaded')]);
  });

  it('the token is missing', async () => {
    const [code, log] = await refused({ NVFL_PKCS11_LABEL: 'elsewhere' });
    expect([code, log]).toEqual([BAD_CONFIGURATION, expect.stringContaining('no token with this label')]);
  });

  it('the PIN is wrong, without naming it', async () => {
    const wrong = join(folder, 'wrong-pin');
    writeFileSync(wrong, '777777');
    const [code, log] = await refused({ NVFL_PKCS11_PIN_FILE: wrong });
    expect([code, log]).toEqual([BAD_CONFIGURATION, expect.stringContaining('The token refused the PIN')]);
    expect(log).not.toContain('777777');
  });

  it('no PIN is given', async () => {
    const other = await BackendProcess.prepare({ environment: { ...environment, NVFL_PKCS11_PIN_FILE: '' } });
    expect(await other.startInVain()).toBe(BAD_CONFIGURATION);
    expect(other.log).toContain('NVFL_PKCS11_PIN_FILE is not set');
    await other.remove();
  });
});

describe('a freeze is refused when the labelled key', () => {
  it.each([
    ['is no RSA key', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'is no RSA key'],
    ['is too short', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'], 'fewer than 2048 bits'],
  ])('%s', async (label, options, message) => {
    const name = label.replaceAll(' ', '-');
    const file = join(folder, `${name}.pem`);
    execFileSync('openssl', ['genpkey', ...options, '-out', file], { stdio: 'pipe' });
    util('--import', file, '--token', 'study', '--label', name, '--id', 'a1', '--pin', PIN, '--force');
    const other = await BackendProcess.prepare({
      environment: { ...environment, NVFL_PKCS11_LABEL: `study/${name}` },
    });
    await other.start();
    const body = { short_name: 'demo', server1: 'fl.example.org', frozen: true };
    const response = await other.ask({
      method: 'PATCH',
      path: '/project',
      token: await other.logIn(),
      body,
    });
    expect([response.status, response.json]).toEqual([
      503,
      expect.objectContaining({ message: expect.stringContaining(message) }),
    ]);
    await other.remove();
  });
});
