import { createDecipheriv } from 'node:crypto';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { checkOf, derive, envelopeLines, headerOf } from '../../test/support/sealed-envelope.ts';
import { isEnvelope, seal, unseal } from './sealed-envelope.ts';

// Sealing takes a third of a second, more on a busy machine.
jest.setTimeout(60_000);

const passphrase = 'Grüße, 9 Wörter & ein Zeichen: ✓';
const content = Buffer.from('what nobody may read '.repeat(10));
const BEGIN = '-----BEGIN SEALED ROOT KEY-----';
const damaged = expect.objectContaining({ code: 'key_damaged' });
const damagedBy = (cause: RegExp): unknown =>
  expect.objectContaining({
    code: 'key_damaged',
    cause: expect.objectContaining({ message: expect.stringMatching(cause) }),
  });

const Header = z.object({
  kdf: z.object({ salt: z.base64() }),
  check: z.base64(),
  cipher: z.object({ nonce: z.base64() }),
});
const read = (text: string) => {
  const header = text.split('\n')[1] ?? '';
  const { kdf, check, cipher } = Header.parse(JSON.parse(header));
  return {
    header,
    salt: Buffer.from(kdf.salt, 'base64'),
    nonce: Buffer.from(cipher.nonce, 'base64'),
    check,
    sealed: Buffer.from(text.split('\n').slice(2, -2).join(''), 'base64'),
  };
};

describe('what is sealed', () => {
  let sealed = '';
  let again = '';
  beforeAll(async () => {
    [sealed, again] = await Promise.all([seal(content, passphrase), seal(content, passphrase)]);
  });

  test('can be opened by what its header says: scrypt with N = 2^17 and AES-256-GCM over the header', () => {
    const made = read(sealed);
    expect(JSON.parse(made.header)).toEqual({
      version: 1,
      kdf: { name: 'scrypt', N: 131_072, r: 8, p: 1, salt: made.salt.toString('base64') },
      check: made.check,
      cipher: { name: 'aes-256-gcm', nonce: made.nonce.toString('base64') },
    });
    const derived = derive(passphrase, made.salt, { N: 131_072, r: 8, p: 1 });
    expect(made.check).toBe(checkOf(derived));
    const decipher = createDecipheriv('aes-256-gcm', derived.subarray(0, 32), made.nonce);
    decipher.setAAD(Buffer.from(made.header)).setAuthTag(made.sealed.subarray(-16));
    const opened = Buffer.concat([decipher.update(made.sealed.subarray(0, -16)), decipher.final()]);
    expect(opened).toEqual(content);
  });

  test('is framed like PEM, in lines of 64 characters at most, and ends in a line feed', () => {
    const [begin, , ...lines] = sealed.split('\n');
    expect(begin).toBe(BEGIN);
    expect(lines.splice(-2)).toEqual(['-----END SEALED ROOT KEY-----', '']);
    expect(lines.pop()).toMatch(/^[A-Za-z0-9+/]{1,64}={0,2}$/);
    for (const line of lines) {
      expect(line).toMatch(/^[A-Za-z0-9+/]{64}$/);
    }
  });

  test('has a salt of 16 and a nonce of 12 bytes, others each time', () => {
    const [first, second] = [read(sealed), read(again)];
    expect([first.salt.length, first.nonce.length]).toEqual([16, 12]);
    expect(first.salt).not.toEqual(second.salt);
    expect(first.nonce).not.toEqual(second.nonce);
  });
});

describe('an envelope', () => {
  const lines = envelopeLines(content, passphrase);
  const stored = lines.join('\n');

  test('is told from other texts by its first line', () => {
    expect(isEnvelope(stored)).toBe(true);
    for (const other of ['', 'x', `x\n${BEGIN}`, '-----BEGIN PRIVATE KEY-----\n']) {
      expect(isEnvelope(other)).toBe(false);
    }
  });

  test('is opened by its passphrase, however that is composed in Unicode', async () => {
    expect(await unseal(stored, passphrase.normalize('NFC'))).toEqual(content);
    expect(await unseal(stored, passphrase.normalize('NFD'))).toEqual(content);
  });

  test.each(['', 'x', `${passphrase} `, passphrase.toLowerCase()])('is not opened by %j', async (other) => {
    await expect(unseal(stored, other)).rejects.toMatchObject({ code: 'passphrase_wrong' });
  });

  test('is opened after a way through Windows, with blank lines around it', async () => {
    const travelled = `\r\n ${lines.join('\r\n')}\r\n\r\n`;
    expect(isEnvelope(travelled)).toBe(true);
    expect(await unseal(travelled, passphrase)).toEqual(content);
  });

  test.each([{ r: 16, p: 4 }, { N: 4096, r: 8 }, { p: 3 }])('may cost what it names: %j', async (work) => {
    const costly = envelopeLines(content, passphrase, headerOf(passphrase, work), work);
    expect(await unseal(costly.join('\n'), passphrase)).toEqual(content);
  });

  test.each([{ N: 512 }, { r: 17 }, { p: 5 }])(
    'is damaged when its work is out of bounds: %j',
    async (work) => {
      const costly = envelopeLines(content, passphrase, headerOf(passphrase, work), work);
      await expect(unseal(costly.join('\n'), passphrase)).rejects.toEqual(damaged);
    },
  );

  const { kdf, cipher, ...rest } = headerOf(passphrase);
  const headers: readonly (readonly [string, object])[] = [
    ['another version', { ...rest, kdf, cipher, version: 2 }],
    ['no check', { version: 1, kdf, cipher }],
    ['a check of another length', { ...rest, kdf, cipher, check: 'AAAA' }],
    ['a field more', { ...rest, kdf, cipher, more: true }],
    ['another derivation', { ...rest, kdf: { ...kdf, name: 'pbkdf2' }, cipher }],
    ['a field more in the derivation', { ...rest, kdf: { ...kdf, more: true }, cipher }],
    ['more work than any envelope made here', { ...rest, kdf: { ...kdf, N: 2_097_152, r: 2 }, cipher }],
    ['a work that is no power of two', { ...rest, kdf: { ...kdf, N: 1025 }, cipher }],
    ['a work too large for its block size', { ...rest, kdf: { ...kdf, N: 65_536 }, cipher }],
    ['a block size of 0', { ...rest, kdf: { ...kdf, r: 0 }, cipher }],
    ['a parallelism of 0', { ...rest, kdf: { ...kdf, p: 0 }, cipher }],
    ['a salt that is not base64', { ...rest, kdf: { ...kdf, salt: '*' }, cipher }],
    ['another cipher', { ...rest, kdf, cipher: { ...cipher, name: 'aes-256-cbc' } }],
    ['a field more in the cipher', { ...rest, kdf, cipher: { ...cipher, more: true } }],
  ];
  test.each(headers)('is damaged when its header names %s', async (_what, header) => {
    const text = envelopeLines(content, passphrase, header).join('\n');
    await expect(unseal(text, passphrase)).rejects.toEqual(damaged);
  });

  const changes: readonly (readonly [string, readonly string[]])[] = [
    ['its first line is another', lines.with(0, '-----BEGIN-----')],
    ['its last line is another', lines.with(-1, '-----END-----')],
    ['its header is missing', lines.toSpliced(1, 1)],
    ['its header says the same in another order', lines.with(1, JSON.stringify({ cipher, kdf, ...rest }))],
    [
      'its nonce was exchanged',
      lines.with(1, lines[1]?.replace(cipher.nonce, Buffer.alloc(12).toString('base64')) ?? ''),
    ],
    ['a line of its ciphertext is missing', lines.toSpliced(3, 1)],
    ['all of its ciphertext is missing', lines.toSpliced(2, lines.length - 3)],
    ['a line of it is not base64', lines.toSpliced(2, 0, '*')],
  ];
  test.each(changes)('is damaged when %s', async (_what, changed) => {
    await expect(unseal(changed.join('\n'), passphrase)).rejects.toEqual(damaged);
  });

  test.each([2, 3, -2])('is damaged when its line %i begins with another character', async (position) => {
    const line = lines.at(position) ?? '';
    const changed = lines.with(position, (line.startsWith('A') ? 'B' : 'A') + line.slice(1));
    await expect(unseal(changed.join('\n'), passphrase)).rejects.toEqual(damaged);
  });

  test.each([
    ['its frame', lines.with(0, '-----BEGIN-----'), /frame/],
    ['its header', lines.with(1, '{'), /JSON/],
    [
      'its work',
      envelopeLines(content, passphrase, { ...rest, kdf: { ...kdf, N: 1025 }, cipher }),
      /RFC 7914/,
    ],
    ['its ciphertext', lines.toSpliced(3, 1), /authenticate/],
  ])('tells by a cause that %s is damaged', async (_what, changed, cause) => {
    await expect(unseal(changed.join('\n'), passphrase)).rejects.toEqual(damagedBy(cause));
  });

  test('is damaged when its tag is cut to the shortest that the cipher knows', async () => {
    const [begin, header, tag = '', end] = envelopeLines(Buffer.alloc(0), passphrase);
    const cut = Buffer.from(tag, 'base64').subarray(0, 4).toString('base64');
    expect(await unseal([begin, header, tag, end].join('\n'), passphrase)).toHaveLength(0);
    await expect(unseal([begin, header, cut, end].join('\n'), passphrase)).rejects.toEqual(damaged);
  });
});
