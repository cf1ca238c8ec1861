import { bytesOf, fromUntrustedDer, itemsOf, type Asn1 } from '../der.ts';
import { oidHex } from '../certificate-parts.ts';
import { OID } from '../oids.ts';
import { OwnRootError } from './own-root-error.ts';

/** Rounds of PBKDF2 and of the derivations of PKCS#12: about a second, in which nobody else is served. */
const MAX_ROUNDS = 2_000_000;
/** N·r·p of scrypt (RFC 7914), about a second too. */
const MAX_SCRYPT_WORK = 2_097_152;
/** N·r of scrypt: OpenSSL takes no more than 32 MiB for it. */
const MAX_SCRYPT_MEMORY = 262_143;
/** Bytes of a number that is compared at all. */
const MAX_NUMBER = 6;

const PBES2 = oidHex(OID.pbes2);
const SCRYPT = oidHex(OID.scrypt);

const tooCostly = (detail: string): OwnRootError => new OwnRootError('key_derivation', { detail });

const numberOf = (item: Asn1 | undefined): number => {
  const bytes = bytesOf(item);
  return bytes.length === 0 || bytes.length > MAX_NUMBER ? Infinity : bytes.readUIntBE(0, bytes.length);
};

/** @throws OwnRootError `key_derivation` */
const requireRounds = (rounds: number): void => {
  if (rounds > MAX_ROUNDS) {
    throw tooCostly(`${Number.isFinite(rounds) ? rounds.toLocaleString('en') : 'too many'} rounds`);
  }
};

const requireScrypt = ([, cost, blocks, parallel]: readonly Asn1[]): void => {
  const [n, r, p] = [numberOf(cost), numberOf(blocks), numberOf(parallel)];
  if (n * r > MAX_SCRYPT_MEMORY || n * r * p > MAX_SCRYPT_WORK) {
    throw tooCostly(`scrypt with N=${n}, r=${r}, p=${p}`);
  }
};

/**
 * Checks how much work the algorithm that encrypts a key (RFC 8018) asks for before its passphrase is tried.
 *
 * @throws OwnRootError `key_derivation`
 */
const requireLightAlgorithm = (algorithm: Asn1 | undefined): void => {
  const [scheme, parameters] = itemsOf(algorithm);
  if (bytesOf(scheme).toString('hex') !== PBES2) {
    requireRounds(numberOf(itemsOf(parameters)[1]));
    return;
  }
  const [derivation, options] = itemsOf(itemsOf(parameters)[0]);
  if (bytesOf(derivation).toString('hex') === SCRYPT) {
    requireScrypt(itemsOf(options));
    return;
  }
  requireRounds(numberOf(itemsOf(options)[1]));
};

/**
 * Checks an encrypted PKCS#8 key (RFC 5958); a damaged one is for the reader to refuse.
 *
 * @throws OwnRootError `key_derivation`
 */
export const requireLightDerivation = (pem: string): void => {
  const der = Buffer.from(pem.replaceAll(/-----[^-]+-----/g, ''), 'base64');
  let algorithm: Asn1 | undefined;
  try {
    [algorithm] = itemsOf(fromUntrustedDer(der));
  } catch (error) {
    throw new OwnRootError('key_unreadable', { cause: error });
  }
  requireLightAlgorithm(algorithm);
};
