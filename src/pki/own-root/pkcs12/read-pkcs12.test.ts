import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OwnCa } from '../../../../test/support/own-ca.ts';
import { asBer, exportPkcs12, inOneFile, withPbmac1 } from '../../../../test/support/pkcs12-file.ts';
import { readPkcs12 } from './read-pkcs12.ts';

const PASSPHRASE = 'Grüße an alle 🗝';
const ca = new OwnCa();
beforeAll(() => {
  ca.make('hospital', { subject: '/O=Hospital/CN=Hospital Root' });
  ca.make('issuing', { keyOf: 'hospital', subject: '/O=Hospital/CN=Issuing', issuer: 'hospital' });
  ca.make('root', { issuer: 'issuing' });
  ca.make('stranger', { keyOf: 'hospital', subject: '/CN=Stranger' });
});
afterAll(() => {
  ca.remove();
});

const pem = (...names: readonly string[]): string => names.map((name) => ca.certificate(name)).join('');
const refusal = (code: string): unknown => expect.objectContaining({ name: 'OwnRootError', code });
const exported = (...options: readonly string[]): Buffer =>
  exportPkcs12(ca, { key: 'root', certificates: pem('root'), passphrase: PASSPHRASE, options });

/** Writes another number of rounds of the same length over those of a file. */
const withRounds = (file: Buffer, rounds: number, others: number): Buffer => {
  const number = (value: number): Buffer => Buffer.from(`0203${value.toString(16).padStart(6, '0')}`, 'hex');
  const changed = Buffer.from(file);
  for (let at = changed.indexOf(number(rounds)); at >= 0; at = changed.indexOf(number(rounds))) {
    number(others).copy(changed, at);
  }
  return changed;
};

describe('a file of PKCS#12', () => {
  test.each([
    ['with the defaults of OpenSSL 3', []],
    ['with those of its legacy provider', ['-legacy']],
    ['with triple DES', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['with triple DES of two keys', ['-legacy', '-keypbe', 'PBE-SHA1-2DES', '-certpbe', 'PBE-SHA1-2DES']],
    ['with RC2 of 128 bits', ['-legacy', '-keypbe', 'PBE-SHA1-RC2-128', '-certpbe', 'PBE-SHA1-RC2-128']],
    ['with RC2 of 40 bits for the key too', ['-legacy', '-keypbe', 'PBE-SHA1-RC2-40']],
    ['with AES-128', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-192-CBC']],
    ['with a code of SHA-512', ['-macalg', 'sha512']],
    ['with a code of SHA-384', ['-macalg', 'sha384']],
    ['with a code of SHA-224', ['-macalg', 'sha224']],
    ['with certificates that are not encrypted', ['-certpbe', 'NONE']],
    ['with a key that is not encrypted', ['-keypbe', 'NONE']],
    ['with nothing encrypted', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
    ['without a code', ['-nomac']],
    ['with 100,000 rounds', ['-iter', '100000']],
    ['with a single round', ['-noiter', '-nomaciter']],
  ])('is read %s', async (_what, options) => {
    const { privateKey, certificates } = await readPkcs12(exported(...options), PASSPHRASE);
    expect(createPublicKey(privateKey).equals(createPublicKey(ca.key('root')))).toBe(true);
    expect(certificates).toBe(pem('root'));
  });

  test('is read with PBMAC1, and refused when its code is another one', async () => {
    const file = withPbmac1(exported('-nomac'), PASSPHRASE);
    expect((await readPkcs12(file, PASSPHRASE)).certificates).toBe(pem('root'));
    const inCode = file.indexOf('unused') - 3;
    file[inCode] = (file[inCode] ?? 0) ^ 1;
    await expect(readPkcs12(file, PASSPHRASE)).rejects.toThrow(refusal('key_passphrase_wrong'));
  });

  test.each([
    ['the defaults', []],
    ['the legacy provider', ['-legacy']],
  ])('is read in BER, with pieces and without lengths, from %s', async (_what, options) => {
    const file = asBer(exported(...options));
    expect((await readPkcs12(file, PASSPHRASE)).certificates).toBe(pem('root'));
  });

  test('is read with its chain, of which the certificate is the one that its key has', async () => {
    const certificates = pem('hospital', 'stranger', 'root', 'issuing');
    const file = exportPkcs12(ca, { key: 'root', certificates, passphrase: PASSPHRASE });
    expect((await readPkcs12(file, PASSPHRASE)).certificates).toBe(pem('root', 'issuing', 'hospital'));
  });

  test.each([
    ['with an empty passphrase', [], ''],
    ['with an empty one of before', ['-legacy'], ''],
    ['with none', [], undefined],
    ['without anything that needs one', ['-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac'], undefined],
  ])('is read %s', async (_what, options, passphrase) => {
    const file = exportPkcs12(ca, { key: 'root', certificates: pem('root'), passphrase: '', options });
    expect((await readPkcs12(file, passphrase)).certificates).toBe(pem('root'));
  });

  test('is read without a passphrase where nothing needs it, whatever is given', async () => {
    const file = exported('-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac');
    expect((await readPkcs12(file, 'any')).certificates).toBe(pem('root'));
  });
});

describe('a file of PKCS#12 is refused', () => {
  test.each([
    ['with a wrong passphrase', [], 'wrong', 'key_passphrase_wrong'],
    ['with a wrong one of before', ['-legacy'], 'wrong', 'key_passphrase_wrong'],
    ['with a wrong one and no code', ['-nomac'], 'wrong', 'key_passphrase_wrong'],
    [
      'with a wrong one and a code alone',
      ['-keypbe', 'NONE', '-certpbe', 'NONE'],
      'no',
      'key_passphrase_wrong',
    ],
    ['without its passphrase', [], undefined, 'key_encrypted'],
    ['with an empty one', [], '', 'key_encrypted'],
    ['without its passphrase and a code', ['-nomac'], undefined, 'key_encrypted'],
    ['with RC4', ['-legacy', '-certpbe', 'PBE-SHA1-RC4-128'], PASSPHRASE, 'pkcs12_unsupported'],
    ['with Camellia', ['-keypbe', 'CAMELLIA-256-CBC'], PASSPHRASE, 'pkcs12_unsupported'],
    ['with a code of SHA-512/256', ['-macalg', 'sha512-256'], PASSPHRASE, 'pkcs12_unsupported'],
    ['without a certificate', ['-nocerts'], PASSPHRASE, 'pkcs12_incomplete'],
  ])('%s', async (_what, options, passphrase, code) => {
    await expect(readPkcs12(exported(...options), passphrase)).rejects.toThrow(refusal(code));
  });

  test('without a key', async () => {
    const file = exportPkcs12(ca, { certificates: pem('root'), passphrase: PASSPHRASE });
    await expect(readPkcs12(file, PASSPHRASE)).rejects.toThrow(refusal('pkcs12_incomplete'));
  });

  test('with two keys', async () => {
    const other = exportPkcs12(ca, {
      key: 'hospital',
      certificates: pem('hospital'),
      passphrase: PASSPHRASE,
      options: ['-nomac'],
    });
    const file = inOneFile([exported('-nomac'), other]);
    await expect(readPkcs12(file, PASSPHRASE)).rejects.toThrow(refusal('pkcs12_several_keys'));
  });

  test('with an EC key', async () => {
    ca.make('ec', { key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] });
    const file = exportPkcs12(ca, { key: 'ec', certificates: pem('ec'), passphrase: PASSPHRASE });
    await expect(readPkcs12(file, PASSPHRASE)).rejects.toThrow(refusal('key_not_rsa'));
  });

  test('whose content was changed', async () => {
    const file = exported('-certpbe', 'NONE');
    file[200] = (file[200] ?? 0) ^ 1;
    await expect(readPkcs12(file, PASSPHRASE)).rejects.toThrow(refusal('key_passphrase_wrong'));
  });

  test.each([
    ['cut off', () => exported().subarray(0, -40)],
    ['with something behind it', () => Buffer.concat([exported(), Buffer.from('more')])],
    ['empty', () => Buffer.alloc(0)],
    ['a certificate', () => Buffer.from(pem('root'))],
    ['nested without end', () => Buffer.alloc(20_000, Buffer.from([0x30, 0x80]))],
  ])('that is %s', async (_what, file) => {
    await expect(readPkcs12(file(), PASSPHRASE)).rejects.toThrow(refusal('pkcs12_unreadable'));
  });

  test.each([
    ['of PBKDF2', ['-nomac']],
    ['of the code', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
    ['of triple DES', ['-legacy', '-nomac']],
    ['of all together', []],
  ])('at once with millions of rounds %s', async (_what, options) => {
    const file = withRounds(exported(...options, '-iter', '70000'), 70_000, 8_000_000);
    const started = performance.now();
    await expect(readPkcs12(file, PASSPHRASE)).rejects.toThrow(refusal('pkcs12_derivation'));
    expect(performance.now() - started).toBeLessThan(100);
  });
});
