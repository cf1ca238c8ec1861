import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import { PkiError, type PkiErrorCode } from './pki-error.ts';
import { isSealed, openRootKey, rewrapRootKey, sealRootKey } from './root-key.ts';

jest.setTimeout(60_000);

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const passphrase = 'Grüße, 9 Wörter & ein Zeichen: ✓';
const asLegacy = (): string =>
  privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
const asEncryptedPkcs8 = (): string =>
  privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();

const codeOf = async (work: Promise<unknown>): Promise<PkiErrorCode | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof PkiError) return error.code;
    throw error;
  }
};

const forms: readonly (readonly [string, () => Promise<string>])[] = [
  ['our envelope', () => sealRootKey(privateKey, passphrase)],
  ['the encrypted PKCS#1 PEM of existing projects', () => Promise.resolve(asLegacy())],
  ['encrypted PKCS#8', () => Promise.resolve(asEncryptedPkcs8())],
];

describe.each(forms)('a root key stored as %s', (_name, store) => {
  test('opens with its passphrase', async () => {
    const key = await openRootKey(await store(), passphrase);
    expect(key.equals(privateKey)).toBe(true);
  });

  test('counts as sealed and does not show the key', async () => {
    const stored = await store();
    expect(isSealed(stored)).toBe(true);
    expect(() => createPrivateKey(stored)).toThrow();
  });

  test('tells a missing from a wrong passphrase', async () => {
    const stored = await store();
    expect(await codeOf(openRootKey(stored, undefined))).toBe('passphrase_missing');
    expect(await codeOf(openRootKey(stored, ''))).toBe('passphrase_missing');
    for (const wrong of ['x', `${passphrase} `, passphrase.toLowerCase()]) {
      expect(await codeOf(openRootKey(stored, wrong))).toBe('passphrase_wrong');
    }
  });

  test('is damaged when its end is cut off', async () => {
    const stored = await store();
    expect(await codeOf(openRootKey(stored.slice(0, -60), passphrase))).toBe('key_damaged');
  });

  test('is damaged when lines are missing inside', async () => {
    const lines = (await store()).split('\n');
    const cut = [...lines.slice(0, 6), ...lines.slice(7)].join('\n');
    expect(await codeOf(openRootKey(cut, passphrase))).toMatch(/^(key_damaged|passphrase_wrong)$/);
  });

  test('can be put under another passphrase, after which the old one opens nothing', async () => {
    const moved = await rewrapRootKey(await store(), passphrase, 'second');
    expect((await openRootKey(moved, 'second')).equals(privateKey)).toBe(true);
    expect(await codeOf(openRootKey(moved, passphrase))).toBe('passphrase_wrong');
    expect(moved).toContain('SEALED ROOT KEY');
  });
});

describe('our envelope', () => {
  test('names scrypt with N = 2^17 and AES-256-GCM', async () => {
    const stored = await sealRootKey(privateKey, passphrase);
    expect(stored).toContain('"kdf":{"name":"scrypt","N":131072,"r":8,"p":1');
    expect(stored).toContain('"name":"aes-256-gcm"');
  });

  test('is different each time', async () => {
    expect(await sealRootKey(privateKey, 'a')).not.toBe(await sealRootKey(privateKey, 'a'));
  });

  test('notices any changed character of the ciphertext', async () => {
    const lines = (await sealRootKey(privateKey, passphrase)).split('\n');
    const line = lines[3] ?? '';
    lines[3] = (line.startsWith('A') ? 'B' : 'A') + line.slice(1);
    expect(await codeOf(openRootKey(lines.join('\n'), passphrase))).toBe('key_damaged');
  });

  test('notices an exchanged nonce', async () => {
    const stored = await sealRootKey(privateKey, passphrase);
    const changed = stored.replace(/"nonce":"[^"]+"/, `"nonce":"${Buffer.alloc(12).toString('base64')}"`);
    expect(await codeOf(openRootKey(changed, passphrase))).toBe('key_damaged');
  });

  test('refuses derivation costs out of bounds before any work', async () => {
    const stored = await sealRootKey(privateKey, passphrase);
    expect(await codeOf(openRootKey(stored.replace('131072', '1073741824'), passphrase))).toBe('key_damaged');
  });

  test('opens whichever way the passphrase was composed in Unicode', async () => {
    const stored = await sealRootKey(privateKey, 'é'.normalize('NFC'));
    expect((await openRootKey(stored, 'é'.normalize('NFD'))).equals(privateKey)).toBe(true);
  });
});

describe('a root key stored plain', () => {
  test.each(['pkcs1', 'pkcs8'] as const)('opens as %s without a passphrase', async (type) => {
    const stored = privateKey.export({ type, format: 'pem' }).toString();
    expect(isSealed(stored)).toBe(false);
    expect((await openRootKey(stored, undefined)).equals(privateKey)).toBe(true);
  });

  test('is what sealing without a passphrase gives, as PKCS#1', async () => {
    expect(await sealRootKey(privateKey, undefined)).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n[^:]+$/);
  });

  test('refuses a passphrase it does not need', async () => {
    expect(await codeOf(openRootKey(await sealRootKey(privateKey, ''), 'pw'))).toBe('passphrase_unneeded');
  });

  test.each(['', 'nonsense', '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n'])(
    'is damaged when it is %j',
    async (stored) => {
      expect(await codeOf(openRootKey(stored, undefined))).toBe('key_damaged');
    },
  );

  test('must be RSA', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const stored = ec.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(await codeOf(openRootKey(stored, undefined))).toBe('key_damaged');
  });
});
