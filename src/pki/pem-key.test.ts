import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { isEncryptedPem, openEncryptedPem, openPlainPem } from './pem-key.ts';

// Too small for use and quick to make.
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey;
const passphrase = 'Grüße ✓';
const cipher = 'aes-256-cbc';

const pkcs8Of = (key: KeyObject): string =>
  key.export({ type: 'pkcs8', format: 'pem', cipher, passphrase }).toString();
const legacy = privateKey.export({ type: 'pkcs1', format: 'pem', cipher, passphrase }).toString();
const pkcs8 = pkcs8Of(privateKey);
const plain = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/** The form of OpenSSL before PKCS#8, around what decrypts to no key. */
const legacyWith = (body: string): string =>
  [
    '-----BEGIN RSA PRIVATE KEY-----',
    'Proc-Type: 4,ENCRYPTED',
    `DEK-Info: AES-256-CBC,${'0A'.repeat(16)}`,
    '',
    body,
    '-----END RSA PRIVATE KEY-----',
    '',
  ].join('\n');
const pkcs8With = (bytes: Buffer): string =>
  `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
const sequenceOf = (length: number): Buffer => {
  const bytes = randomBytes(4 + length);
  bytes.set([0x30, 0x82, length >> 8, length & 0xff]);
  return bytes;
};

const anyCause: unknown = expect.objectContaining({ message: expect.any(String) });
const throwing = (code: string): unknown => expect.objectContaining({ code });

const whole: readonly (readonly [string, string])[] = [
  ['legacy', legacy],
  ['legacy, with the line ends of Windows', legacy.replaceAll('\n', '\r\n')],
  ['legacy, without blanks in its headers', legacy.replaceAll(': ', ':')],
  ['legacy, with text before it', `root CA\n${legacy}`],
  ['PKCS#8', pkcs8],
  ['PKCS#8, with the line ends of Windows', pkcs8.replaceAll('\n', '\r\n')],
  ['PKCS#8, with text before it', `root CA\n${pkcs8}`],
];

describe.each(whole)('an encrypted key (%s)', (_what, stored) => {
  test('is known to be one', () => {
    expect(isEncryptedPem(stored)).toBe(true);
  });

  test('opens with its passphrase alone', () => {
    expect(openEncryptedPem(stored, passphrase).equals(privateKey)).toBe(true);
    expect(() => openEncryptedPem(stored, 'x')).toThrow(
      expect.objectContaining({ code: 'passphrase_wrong', cause: anyCause }),
    );
  });
});

test.each([
  ['a plain key', plain],
  ['no text', ''],
  ['a plain key with a remark', `${plain}was Proc-Type: 4,ENCRYPTED`],
])('%s is not an encrypted key', (_what, stored) => {
  expect(isEncryptedPem(stored)).toBe(false);
});

describe('an encrypted key of which nothing is missing counts as under another passphrase', () => {
  const long: readonly (readonly [string, string])[] = [
    ['64 bytes, the smallest', legacyWith(randomBytes(64).toString('base64'))],
    ['80 bytes', legacyWith(randomBytes(80).toString('base64'))],
    ['96 bytes', legacyWith(randomBytes(96).toString('base64'))],
    ['a blank line at its end', legacyWith(`${randomBytes(64).toString('base64')}\n`)],
    ['a sequence of PKCS#8', pkcs8With(sequenceOf(700))],
  ];
  test.each(long)('%s', (_what, stored) => {
    expect(() => openEncryptedPem(stored, passphrase)).toThrow(throwing('passphrase_wrong'));
  });
});

describe('an encrypted key is damaged when', () => {
  const lines = legacy.split('\n');
  const body = randomBytes(96).toString('base64');
  const sequence = sequenceOf(700);
  const damaged: readonly (readonly [string, string])[] = [
    ['there is none', 'Proc-Type: 4,ENCRYPTED'],
    ['its last line is missing', legacy.replace('-----END RSA PRIVATE KEY-----', '')],
    ['its last line is of another', legacy.replace('END RSA', 'END EC')],
    ['its first header is missing', lines.toSpliced(1, 1).join('\n')],
    ['its second header is missing', lines.toSpliced(2, 1).join('\n')],
    ['the line under its headers is missing', lines.toSpliced(3, 1).join('\n')],
    ['all its headers are missing', legacyWith(body).replace(/Proc-Type[^]*\n\n/, '')],
    ['its headers stand elsewhere', legacy.replace('Proc-Type', `${'A'.repeat(64)}\nProc-Type`)],
    ['it has fewer than 64 bytes', legacyWith(randomBytes(48).toString('base64'))],
    ['its bytes fill no blocks', legacyWith(randomBytes(95).toString('base64'))],
    ['it begins with what is not base64', legacyWith(`*${body}`)],
    ['it holds what is not base64', legacyWith(`${body.slice(0, 40)}*${body.slice(40)}`)],
    ['it ends with what is not base64', legacyWith(`${body}\n*`)],
    ['it has too much padding', legacyWith(`${randomBytes(64).toString('base64')}=`)],
    ['it is empty', legacyWith('')],
    ['a line of PKCS#8 is missing', pkcs8.split('\n').toSpliced(3, 1).join('\n')],
    ['PKCS#8 is not a sequence', pkcs8With(Buffer.from(sequence.with(0, 0x31)))],
    ['PKCS#8 has a short length', pkcs8With(Buffer.from(sequence.with(1, 0x83)))],
    ['PKCS#8 goes on after its end', pkcs8With(Buffer.concat([sequence, Buffer.alloc(3)]))],
    ['PKCS#8 has fewer than 64 bytes', pkcs8With(sequenceOf(40))],
  ];
  test.each(damaged)('%s', (_what, stored) => {
    expect(() => openEncryptedPem(stored, passphrase)).toThrow(throwing('key_damaged'));
  });

  test('it is not RSA', () => {
    expect(() => openEncryptedPem(pkcs8Of(elliptic), passphrase)).toThrow(
      expect.objectContaining({
        code: 'key_damaged',
        message: expect.stringMatching(/: it is not an RSA key$/),
      }),
    );
  });
});

describe('a plain key', () => {
  test.each(['pkcs1', 'pkcs8'] as const)('opens as %s', (type) => {
    const stored = privateKey.export({ type, format: 'pem' }).toString();
    expect(openPlainPem(stored).equals(privateKey)).toBe(true);
  });

  test('must be RSA', () => {
    const stored = elliptic.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => openPlainPem(stored)).toThrow(
      expect.objectContaining({
        code: 'key_damaged',
        message: expect.stringMatching(/: it is not an RSA key$/),
      }),
    );
  });

  test.each([
    ['there is none', ''],
    ['it is another text', 'nonsense'],
    ['its end is missing', plain.slice(0, 200)],
  ])('is damaged when %s, and the cause is kept', (_what, stored) => {
    expect(() => openPlainPem(stored)).toThrow(
      expect.objectContaining({ code: 'key_damaged', cause: anyCause }),
    );
  });
});
