import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Secrets that reach the backend over standard input, never over environment or argv. */
export const Secrets = z.strictObject({
  credential: z.string().optional(),
  passphrase: z.string().optional(),
  secretKey: z.string().optional(),
  databaseUrl: z.string().optional(),
  /** Further environment given by `--env`, kept out of the container's configuration. */
  environment: z.record(z.string(), z.string()).optional(),
  /** The environment is added to what an earlier start gave, instead of replacing it. */
  keepEnvironment: z.literal(true).optional(),
});
export type Secrets = z.infer<typeof Secrets>;

const MAGIC = Buffer.from('NVFLSEC1');
const LENGTH_BYTES = 4;
const DIGEST_BYTES = 32;
const HEADER = MAGIC.length + LENGTH_BYTES + DIGEST_BYTES;
const MAX_BODY = 64 * 1024;

/** Frame: magic, body length (uint32 big endian), SHA-256 of the body, body (JSON). */
export const encodeSecretFrame = (secrets: Secrets): Buffer => {
  const body = Buffer.from(JSON.stringify(secrets));
  if (body.length > MAX_BODY) {
    throw new RangeError(`secrets take ${body.length} bytes, more than ${MAX_BODY}`);
  }
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  return Buffer.concat([MAGIC, length, createHash('sha256').update(body).digest(), body]);
};

/**
 * Finds a frame anywhere in what has arrived so far: Podman 4.3 puts the attach request's body before it.
 *
 * @returns the secrets, or undefined while the frame is incomplete
 * @throws Error when a frame is there but damaged
 */
export const decodeSecretFrame = (received: Buffer): Secrets | undefined => {
  const start = received.indexOf(MAGIC);
  if (start < 0 || received.length < start + HEADER) {
    return undefined;
  }
  const lengthAt = start + MAGIC.length;
  const length = received.readUInt32BE(lengthAt);
  if (length > MAX_BODY) {
    throw new Error('the secrets on standard input are damaged (length)');
  }
  const bodyAt = start + HEADER;
  if (received.length < bodyAt + length) {
    return undefined;
  }
  const body = received.subarray(bodyAt, bodyAt + length);
  const digest = received.subarray(lengthAt + LENGTH_BYTES, bodyAt);
  if (!createHash('sha256').update(body).digest().equals(digest)) {
    throw new Error('the secrets on standard input are damaged (checksum)');
  }
  return Secrets.parse(JSON.parse(body.toString('utf8')));
};
