/** Names by which every host means itself: of servers and listeners, as in a trial on one machine, never of others. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** @param key normalized name */
export const isLoopback = (key: string): boolean => LOOPBACK.has(key);
