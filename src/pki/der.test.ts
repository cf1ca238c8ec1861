import { describe, expect, test } from '@jest/globals';
import {
  bits,
  boolean,
  bytesOf,
  empty,
  explicit,
  fromDer,
  implicit,
  integer,
  itemsOf,
  octets,
  oid,
  sequence,
  set,
  tagOf,
  time,
  toDer,
  utf8,
  type Asn1,
} from './der.ts';

const hex = (tree: Asn1): string => toDer(tree).toString('hex');
const bytes = (text: string): Buffer => Buffer.from(text, 'hex');

describe('DER', () => {
  // Those marked with a section are the examples of X.690; made in the test, to let mutation testing see who reaches what.
  const encoded: readonly (readonly [string, () => Asn1, string])[] = [
    ['true', () => boolean(true), '0101ff'],
    ['false', () => boolean(false), '010100'],
    ['NULL (8.8)', () => empty(), '0500'],
    ['an object identifier (8.19.5)', () => oid('2.100.3'), '0603813403'],
    ['the identifier of a long arc', () => oid('1.2.840.113549.1.1.11'), '06092a864886f70d01010b'],
    ['a text beyond ASCII as UTF-8', () => utf8('Müller ✓'), '0c0b4dc3bc6c6c657220e29c93'],
    ['a number', () => integer(bytes('00ff80')), '020300ff80'],
    ['bytes', () => octets(bytes('00ff80')), '040300ff80'],
    ['bits that end within a byte (8.6.4.2)', () => bits(bytes('0a3b5f291cd0'), 4), '0307040a3b5f291cd0'],
    ['bits that fill their bytes', () => bits(bytes('0a3b')), '0303000a3b'],
    ['a sequence in its order', () => sequence([integer(bytes('02')), boolean(true)]), '30060201020101ff'],
    ['a set', () => set([integer(bytes('02'))]), '3103020102'],
    ['an explicit tag', () => explicit(3, integer(bytes('02'))), 'a303020102'],
    ['an implicit tag', () => implicit(2, bytes('ff61')), '8202ff61'],
    ['more than 127 bytes', () => octets(Buffer.alloc(200)), `0481c8${'00'.repeat(200)}`],
  ];
  test.each(encoded)('writes %s', (_what, make, expected) => {
    expect(hex(make())).toBe(expected);
  });

  // RFC 5280, 4.1.2.5: UTCTime through the year 2049, GeneralizedTime from 2050 on.
  const times: readonly (readonly [string, string, string])[] = [
    ['2026-11-23T22:00:05Z', '17', '261123220005Z'],
    ['2049-12-31T23:59:59Z', '17', '491231235959Z'],
    ['2050-01-01T00:00:00Z', '18', '20500101000000Z'],
  ];
  test.each(times)('writes the time %s by tag %s as %s', (at, tag, text) => {
    const length = text.length.toString(16).padStart(2, '0');
    expect(hex(time(new Date(at)))).toBe(`${tag}${length}${Buffer.from(text).toString('hex')}`);
  });

  test('is read back as it was written', () => {
    const der = bytes('300a0c0161a00503030100ff');
    expect(toDer(fromDer(der)).equals(der)).toBe(true);
  });

  test.each(['3003020102ff', '3005020102', '0405ff', ''])('that is none is not read: %j', (text) => {
    expect(() => fromDer(bytes(text))).toThrow(Error);
  });
});

describe('a tree', () => {
  const newTree = (): Asn1 => sequence([octets(bytes('00ff80')), boolean(true)]);

  test('gives the items of what is constructed, none of anything else', () => {
    expect(itemsOf(newTree()).map(tagOf)).toEqual([4, 1]);
    expect(itemsOf(octets(bytes('00')))).toEqual([]);
    expect(itemsOf(undefined)).toEqual([]);
  });

  test('gives the bytes of what is primitive, none of anything else', () => {
    expect(bytesOf(itemsOf(newTree())[0]).toString('hex')).toBe('00ff80');
    expect(bytesOf(newTree())).toHaveLength(0);
    expect(bytesOf(undefined)).toHaveLength(0);
  });

  test('tells the number of a tag', () => {
    expect([tagOf(explicit(3, empty())), tagOf(implicit(7, bytes('00')))]).toEqual([3, 7]);
  });
});
