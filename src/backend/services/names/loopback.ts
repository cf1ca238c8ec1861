import { isLoopback as isLoopbackHost } from '../../../contract/loopback.ts';

/** Addresses that stand for every address of a host. */
const UNSPECIFIED: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * Returns whether every host means itself by a name: of servers and listeners, as in a trial on one machine, never of
 * others.
 *
 * @param key normalized name
 */
export const isLoopback = (key: string): boolean => isLoopbackHost(key) || UNSPECIFIED.has(key);
