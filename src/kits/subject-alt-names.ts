import { isIP } from 'node:net';
import type { SubjectAltName } from '../contract/certificate.ts';

/** Returns the names and addresses of a certificate in the given order, without duplicates, addresses as such (RFC 5280, 4.2.1.6). */
export const subjectAltNames = (names: readonly string[]): readonly SubjectAltName[] =>
  [...new Set(names)].map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }));
