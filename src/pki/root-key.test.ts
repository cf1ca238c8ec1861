import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import { envelopeLines } from '../../test/support/sealed-envelope.ts';
import { PkiError, type PkiErrorCode } from './pki-error.ts';
import { isSealed, openRootKey, rewrapRootKey, sealRootKey } from './root-key.ts';

// Sealing takes a third of a second, more on a busy machine.
jest.setTimeout(60_000);

// Too small for use and quick to make.
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const passphrase = 'Grüße, 9 Wörter & ein Zeichen: ✓';
const cipher = 'aes-256-cbc';

const codeOf = async (work: Promise<unknown>): Promise<PkiErrorCode | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof PkiError) {
      return error.code;
    }
    throw error;
  }
};
const envelopeOf = (content: Buffer): string => `${envelopeLines(content, passphrase).join('\n')}\n`;

const legacy = privateKey.export({ type: 'pkcs1', format: 'pem', cipher, passphrase }).toString();

const forms: readonly (readonly [string, string])[] = [
  ['our envelope', envelopeOf(privateKey.export({ type: 'pkcs8', format: 'der' }))],
  ['the encrypted PKCS#1 PEM of existing projects', legacy],
  ['encrypted PKCS#8', privateKey.export({ type: 'pkcs8', format: 'pem', cipher, passphrase }).toString()],
];

describe.each(forms)('a root key stored as %s', (_name, stored) => {
  test('opens with its passphrase', async () => {
    expect((await openRootKey(stored, passphrase)).equals(privateKey)).toBe(true);
  });

  test('counts as sealed and does not show the key', () => {
    expect(isSealed(stored)).toBe(true);
    expect(() => createPrivateKey(stored)).toThrow();
  });

  test('tells a missing from a wrong passphrase', async () => {
    expect(await codeOf(openRootKey(stored, undefined))).toBe('passphrase_missing');
    expect(await codeOf(openRootKey(stored, ''))).toBe('passphrase_missing');
    for (const wrong of ['x', `${passphrase} `, passphrase.toLowerCase()]) {
      expect(await codeOf(openRootKey(stored, wrong))).toBe('passphrase_wrong');
    }
  });

  test('is damaged when its end is cut off', async () => {
    expect(await codeOf(openRootKey(stored.slice(0, -60), passphrase))).toBe('key_damaged');
  });

  test('is damaged when lines are missing inside', async () => {
    const cut = stored.split('\n').toSpliced(6, 1).join('\n');
    expect(await codeOf(openRootKey(cut, passphrase))).toMatch(/^(key_damaged|passphrase_wrong)$/);
  });

  test('can be stored without a passphrase from then on', async () => {
    const plain = await rewrapRootKey(stored, passphrase, undefined);
    expect(isSealed(plain)).toBe(false);
    expect((await openRootKey(plain, undefined)).equals(privateKey)).toBe(true);
  });
});

test('puts the root key of an existing project under another passphrase, in its own envelope', async () => {
  const moved = await rewrapRootKey(legacy, passphrase, 'second');
  expect(moved).toContain('SEALED ROOT KEY');
  expect((await openRootKey(moved, 'second')).equals(privateKey)).toBe(true);
  expect(await codeOf(openRootKey(moved, passphrase))).toBe('passphrase_wrong');
});

test('what is in an envelope and is no key is a damaged key, and the cause is kept', async () => {
  await expect(openRootKey(envelopeOf(Buffer.from('no key')), passphrase)).rejects.toMatchObject({
    code: 'key_damaged',
    cause: { message: expect.any(String) },
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
});
