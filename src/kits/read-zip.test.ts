import { describe, expect, test } from '@jest/globals';
import { smallZip } from '../../test/support/small-zip.ts';
import { readSmallZip } from './read-zip.ts';

const LIMITS = { members: 3, memberBytes: 1024 };

/** Overwrites bytes of every record of a kind, which its four bytes of signature begin. */
const patched = (zip: Buffer, signature: string, offset: number, bytes: readonly number[]): Buffer => {
  const copy = Buffer.from(zip);
  for (let at = copy.indexOf(signature, 0, 'latin1'); at !== -1;) {
    copy.set(bytes, at + offset);
    at = copy.indexOf(signature, at + 1, 'latin1');
  }
  return copy;
};
const CENTRAL = 'PK\x01\x02';
const LOCAL = 'PK\x03\x04';

test('unpacks flat files', async () => {
  const zip = await smallZip([
    ['a.txt', 'one'],
    ['b.txt', 'two'.repeat(200)],
  ]);
  const members = await readSmallZip(zip, LIMITS);
  expect([...members].map(([name, content]) => [name, content.toString()])).toEqual([
    ['a.txt', 'one'],
    ['b.txt', 'two'.repeat(200)],
  ]);
});

describe('refuses', () => {
  const declaredSmaller = async (): Promise<Buffer> => {
    const zip = await smallZip([['bomb', Buffer.alloc(5_000_000)]]);
    const size = [100, 0, 0, 0];
    return patched(patched(zip, CENTRAL, 24, size), LOCAL, 22, size);
  };
  const linked = async (): Promise<Buffer> => {
    const zip = await smallZip([['link', '/etc/passwd']]);
    return patched(zip, CENTRAL, 40, [0xff, 0xa1]);
  };
  const cases: readonly (readonly [string, () => Promise<Buffer>, RegExp])[] = [
    ['a path upwards', () => smallZip([['../a.txt', 'x']]), /folder|relative path/],
    ['a path upwards with backslashes', () => smallZip([['..\\a.txt', 'x']]), /folder|relative path/],
    ['an absolute path', () => smallZip([['/etc/passwd', 'x']]), /folder|absolute path/],
    ['a folder', () => smallZip([['a/b.txt', 'x']]), /folder/],
    ['a symbolic link', linked, /not a regular file/],
    ['an encrypted member', () => smallZip([['a.txt', 'x']], { encryption: 'zipcrypto' }), /encrypted/],
    ['a member that is too large', () => smallZip([['a', Buffer.alloc(1025)]]), /more than 1024 bytes/],
    ['a bomb that declares a small size', declaredSmaller, /cannot be read|more than/],
    ['too many members', () => smallZip(['a', 'b', 'c', 'd'].map((name) => [name, 'x'])), /more than 3/],
    [
      'the same name twice',
      () =>
        smallZip([
          ['a', 'x'],
          ['a', 'y'],
        ]),
      /twice/,
    ],
    ['something else', () => Promise.resolve(Buffer.from('PK, but no zip')), /cannot be read/],
    ['a torn zip', async () => (await smallZip([['a', 'x']])).subarray(0, -10), /cannot be read/],
  ];
  test.each(cases)('%s', async (_what, zip, reason) => {
    await expect(readSmallZip(await zip(), LIMITS)).rejects.toThrow(reason);
    await expect(readSmallZip(await zip(), LIMITS)).rejects.toThrow(
      expect.objectContaining({ name: 'ZipError' }),
    );
  });
});
