import { createHmac, pbkdf2Sync } from 'node:crypto';
import {
  bytesOf,
  empty,
  explicit,
  fromDer,
  integer,
  itemsOf,
  octets,
  oid,
  sequence,
  toDer,
  type Asn1,
} from '../../src/pki/der.ts';
import type { OwnCa } from './own-ca.ts';

const VERSION_3 = Uint8Array.of(3);
const DATA = '1.2.840.113549.1.7.1';
const PBMAC1 = '1.2.840.113549.1.5.14';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HMAC_SHA256 = '1.2.840.113549.2.9';
const ROUNDS = 2048;
const KEY_BYTES = 32;

interface Pkcs12Parts {
  /** Name of the key; without one, certificates alone. */
  readonly key?: string;
  /** PEM. */
  readonly certificates: string;
  readonly passphrase: string;
  /** Of `openssl pkcs12 -export`. */
  readonly options?: readonly string[];
}

/** Writes a file of PKCS#12 with OpenSSL. */
export const exportPkcs12 = (
  ca: OwnCa,
  { key, certificates, passphrase, options = [] }: Pkcs12Parts,
): Buffer => {
  ca.write('export.pem', certificates);
  ca.write('export.pass', `${passphrase}\n`);
  ca.openssl(
    ...['pkcs12', '-export', ...(key === undefined ? ['-nokeys'] : ['-inkey', `${key}.key`])],
    ...['-in', 'export.pem', '-passout', 'file:export.pass', '-out', 'export.p12', ...options],
  );
  return ca.bytes('export.p12');
};

/** The authenticated safe of a file. */
const safeOf = (file: Buffer): Buffer => {
  const [, safe] = itemsOf(fromDer(file));
  return bytesOf(itemsOf(itemsOf(safe)[1])[0]);
};

const fileOf = (safe: Buffer, ...mac: readonly Asn1[]): Buffer =>
  toDer(sequence([integer(VERSION_3), sequence([oid(DATA), explicit(0, octets(safe))]), ...mac]));

/** Puts what several files without a code hold into one. */
export const inOneFile = (files: readonly Buffer[]): Buffer =>
  fileOf(toDer(sequence(files.flatMap((file) => [...itemsOf(fromDer(safeOf(file)))]))));

/** Gives a file the code of RFC 9579, which OpenSSL writes from 3.4 on. */
export const withPbmac1 = (file: Buffer, passphrase: string): Buffer => {
  const salt = Buffer.from('sixteen bytes of');
  const safe = safeOf(file);
  const key = pbkdf2Sync(passphrase, salt, ROUNDS, KEY_BYTES, 'sha256');
  const hmac = sequence([oid(HMAC_SHA256), empty()]);
  const number = (value: number): Asn1 => integer(Buffer.from(value.toString(16).padStart(4, '0'), 'hex'));
  const derivation = sequence([
    oid(PBKDF2),
    sequence([octets(salt), number(ROUNDS), integer(Uint8Array.of(KEY_BYTES)), hmac]),
  ]);
  const code = octets(createHmac('sha256', key).update(safe).digest());
  const info = sequence([sequence([oid(PBMAC1), sequence([derivation, hmac])]), code]);
  return fileOf(safe, sequence([info, octets(Buffer.from('unused')), integer(Uint8Array.of(1))]));
};

const CONSTRUCTED = 0x20;
const UNIVERSAL_OCTETS = 0x04;
const INDEFINITE = Buffer.from([0x80]);
const END = Buffer.from([0, 0]);
const PIECE = 100;

/** Splits an octet string, as programs do that write it while they encrypt. */
const inPieces = (tag: number, bytes: Buffer): Buffer => {
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_none, index) =>
    toDer(octets(bytes.subarray(index * PIECE, (index + 1) * PIECE))),
  );
  return Buffer.concat([Buffer.from([tag | CONSTRUCTED]), INDEFINITE, ...pieces, END]);
};

const contextTag = (item: Asn1): number => 0x80 | item.type;
const isUniversal = (item: Asn1): boolean =>
  toDer(item)[0] !== undefined && ((toDer(item)[0] ?? 0) & 0xc0) === 0;

const berOf = (item: Asn1): Buffer => {
  const der = toDer(item);
  const [tag = 0] = der;
  if (typeof item.value !== 'string') {
    return Buffer.concat([Buffer.from([tag]), INDEFINITE, ...item.value.map(berOf), END]);
  }
  if (isUniversal(item) && tag === UNIVERSAL_OCTETS && bytesOf(item).length > PIECE) {
    return inPieces(tag, bytesOf(item));
  }
  return !isUniversal(item) && bytesOf(item).length > PIECE ? inPieces(contextTag(item), bytesOf(item)) : der;
};

/** Writes a file in BER: indefinite lengths, and octet strings in pieces. */
export const asBer = (file: Buffer): Buffer => berOf(fromDer(file));
