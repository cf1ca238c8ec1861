import { oidHex } from '../../certificate-parts.ts';
import { bytesOf, type Asn1 } from '../../der.ts';
import { OwnRootError } from '../own-root-error.ts';

/** Bytes of a number that is compared at all. */
const MAX_NUMBER = 6;

/** Returns the bytes of an octet string; in BER it may come in pieces. */
export const octetsOf = (item: Asn1 | undefined): Buffer =>
  item === undefined || typeof item.value === 'string'
    ? bytesOf(item)
    : Buffer.concat(item.value.map(octetsOf));

/** Returns a number, and infinity for one that is too large to be meant. */
export const numberOf = (item: Asn1 | undefined): number => {
  const bytes = bytesOf(item);
  return bytes.length === 0 || bytes.length > MAX_NUMBER || (bytes[0] ?? 0) > 0x7f
    ? Infinity
    : bytes.readUIntBE(0, bytes.length);
};

/** Finds what a table of object identifiers has for one; undefined for others. */
export const namedBy = <T>(item: Asn1 | undefined, table: ReadonlyMap<string, T>): T | undefined =>
  table.get(bytesOf(item).toString('hex'));

/** Makes such a table; keys are dotted. */
export const tableOf = <T>(
  entries: readonly (readonly [dotted: string, value: T])[],
): ReadonlyMap<string, T> => new Map(entries.map(([dotted, value]) => [oidHex(dotted), value]));

/** @throws OwnRootError `pkcs12_unsupported` where an object identifier is none of the table */
export const requireNamed = <T>(item: Asn1 | undefined, table: ReadonlyMap<string, T>, what: string): T => {
  const found = namedBy(item, table);
  if (found === undefined) {
    throw new OwnRootError('pkcs12_unsupported', { detail: what });
  }
  return found;
};
