import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { itemsOf, tagOf, type Asn1 } from '../../der.ts';
import { numberOf, octetsOf, requireNamed, tableOf } from './ber.ts';
import type { Digest } from './pkcs12-key.ts';

const derive = promisify(pbkdf2);
const INTEGER = 2;

const PBKDF2 = tableOf([['1.2.840.113549.1.5.12', true]]);
const FUNCTIONS = tableOf<Digest>([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

export interface Pbkdf2Derivation {
  readonly digest: Digest;
  readonly salt: Buffer;
  readonly rounds: number;
  /** Bytes; undefined where the file leaves it to the cipher. */
  readonly length: number | undefined;
}

/** Reads PBKDF2-params (RFC 8018, A.2). @throws OwnRootError `pkcs12_unsupported` for another derivation */
export const readPbkdf2 = (algorithm: Asn1 | undefined): Pbkdf2Derivation => {
  const [name, parameters] = itemsOf(algorithm);
  requireNamed(name, PBKDF2, 'another derivation than PBKDF2');
  const [salt, rounds, ...rest] = itemsOf(parameters);
  const [first] = rest;
  const length = first !== undefined && tagOf(first) === INTEGER ? numberOf(first) : undefined;
  const [pseudorandom] = length === undefined ? rest : rest.slice(1);
  return {
    salt: octetsOf(salt),
    rounds: numberOf(rounds),
    length,
    digest:
      pseudorandom === undefined
        ? 'sha1'
        : requireNamed(itemsOf(pseudorandom)[0], FUNCTIONS, 'a pseudorandom function of PBKDF2'),
  };
};

/** @param length bytes */
export const pbkdf2Key = (
  passphrase: Buffer,
  { salt, rounds, digest }: Pbkdf2Derivation,
  length: number,
): Promise<Buffer> => derive(passphrase, salt, rounds, length, digest);
