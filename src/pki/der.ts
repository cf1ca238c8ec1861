import type forge from 'node-forge';
// The whole library is several times as large and slows the start down.
import asn1 from 'node-forge/lib/asn1.js';
import util from 'node-forge/lib/util.js';

export type Asn1 = forge.asn1.Asn1;

const { Class, Type } = asn1;

/** Context tags are plain numbers, which the library's types do not name. */
const context: (tag: number, constructed: boolean, value: string | Asn1[]) => Asn1 = (
  tag,
  constructed,
  value,
) => {
  const create: (from: forge.asn1.Class, type: number, constructed: boolean, value: string | Asn1[]) => Asn1 =
    asn1.create;
  return create(Class.CONTEXT_SPECIFIC, tag, constructed, value);
};

const primitive = (type: forge.asn1.Type, bytes: string): Asn1 =>
  asn1.create(Class.UNIVERSAL, type, false, bytes);

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

export const sequence = (items: Asn1[]): Asn1 => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, items);
export const set = (items: Asn1[]): Asn1 => asn1.create(Class.UNIVERSAL, Type.SET, true, items);
export const oid = (dotted: string): Asn1 => primitive(Type.OID, asn1.oidToDer(dotted).getBytes());
export const boolean = (value: boolean): Asn1 => primitive(Type.BOOLEAN, value ? '\xff' : '\x00');
export const empty = (): Asn1 => primitive(Type.NULL, '');
export const utf8 = (text: string): Asn1 => primitive(Type.UTF8, util.encodeUtf8(text));
/** @param bytes big endian, without superfluous leading zeros */
export const integer = (bytes: Uint8Array): Asn1 => primitive(Type.INTEGER, binary(bytes));
export const enumerated = (value: number): Asn1 => primitive(Type.ENUMERATED, String.fromCharCode(value));
export const octets = (bytes: Uint8Array): Asn1 => primitive(Type.OCTETSTRING, binary(bytes));
/** @param unused bits of the last byte that carry nothing */
export const bits = (bytes: Uint8Array, unused = 0): Asn1 =>
  primitive(Type.BITSTRING, binary(Uint8Array.of(unused, ...bytes)));

/** `[tag] EXPLICIT` around one item. */
export const explicit = (tag: number, item: Asn1): Asn1 => context(tag, true, [item]);
/** `[tag] IMPLICIT` over a set's items. */
export const implicitSet = (tag: number, items: readonly Asn1[]): Asn1 => context(tag, true, [...items]);
/** `[tag] IMPLICIT` over bytes. */
export const implicit = (tag: number, bytes: Uint8Array): Asn1 => context(tag, false, binary(bytes));

const FIRST_GENERALIZED_YEAR = 2050;

/** Encodes a certificate's time: UTCTime up to 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5). */
export const time = (at: Date): Asn1 =>
  at.getUTCFullYear() < FIRST_GENERALIZED_YEAR
    ? primitive(Type.UTCTIME, asn1.dateToUtcTime(at))
    : primitive(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(at));

/** Encodes a tree as DER. */
export const toDer = (tree: Asn1): Buffer => Buffer.from(asn1.toDer(tree).getBytes(), 'latin1');

/**
 * Reads DER written by this product or by NVIDIA's dashboard; for others see {@link fromUntrustedDer}.
 *
 * @throws Error when it is not DER
 */
export const fromDer = (der: Uint8Array): Asn1 => asn1.fromDer(binary(der), true);

/**
 * Reads bytes of an unknown origin; bit strings stay bytes, the count of unused bits first.
 *
 * @throws Error when it is not DER
 */
export const fromUntrustedDer = (der: Uint8Array): Asn1 =>
  asn1.fromDer(binary(der), { strict: true, decodeBitStrings: false });

/** Returns the items of a constructed value; none for a primitive one. */
export const itemsOf = (tree: Asn1 | undefined): readonly Asn1[] =>
  tree === undefined || typeof tree.value === 'string' ? [] : tree.value;

/** Returns the bytes of a primitive value; none for a constructed one. */
export const bytesOf = (tree: Asn1 | undefined): Buffer =>
  tree === undefined || typeof tree.value !== 'string' ? Buffer.alloc(0) : Buffer.from(tree.value, 'latin1');

/** Returns the tag's number within its class. */
export const tagOf = (tree: Asn1): number => tree.type;
