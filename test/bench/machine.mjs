// Limits of this machine: RSA key pairs and password hashes a second on all its cores.
import { generateKeyPair, randomBytes, scrypt } from 'node:crypto';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';

const makePair = promisify(generateKeyPair);
const derive = promisify(scrypt);
/** Node's own thread pool has four threads; more at once would only wait there. */
const cores = Math.min(4, availableParallelism());

const rate = async (seconds, work) => {
  const began = performance.now();
  let done = 0;
  const one = async () => {
    while (performance.now() - began < seconds * 1000) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: cores }, one));
  return done / ((performance.now() - began) / 1000);
};

/** RSA key pairs a second on all cores. */
export const rsaRate = (bits, seconds) => rate(seconds, () => makePair('rsa', { modulusLength: bits }));

/** Password hashes a second on all cores: scrypt with N = 2^15, r = 8, p = 1, as both dashboards store them. */
export const scryptRate = (seconds) =>
  rate(seconds, () =>
    derive('a password', randomBytes(16), 64, { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }),
  );

export const machine = () => ({
  date: new Date().toISOString(),
  node: process.versions.node,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memory_gib: totalmem() / 2 ** 30,
});
