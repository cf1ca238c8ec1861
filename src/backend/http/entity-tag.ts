import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

/**
 * The version of what a decision rests on, then the hash of the whole representation, then its content coding. nginx
 * makes tags weak when it compresses; the version in them still says all that a change rests on.
 */
const OWN_TAG = /^(?:W\/)?"([\w-]*)(?:\.[\w-]+)?"$/;
const CODING = /-(?:br|gzip|deflate|zstd)"$/;
const HASH_LENGTH = 22;

/** Description of a 304 in the API document. */
export const NOT_MODIFIED = {
  description: 'Not changed since',
  content: { 'text/plain': { schema: z.string() } },
};

/**
 * Returns a strong entity tag (RFC 9110, 8.8.3) of a body.
 *
 * @param version of the resource, which says less than the body: a download counts up nothing that anybody decides on
 */
export const entityTagOf = (body: string | Buffer, version?: string): string => {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, HASH_LENGTH);
  return version === undefined ? `"${hash}"` : `"${version}.${hash}"`;
};

const tagsIn = (header: string): readonly string[] => header.split(',').map((tag) => tag.trim());

/** Returns whether the requester has the representation already (RFC 9110, 13.1.2), which compares weakly. */
export const isKnown = ({ headers }: FastifyRequest, tag: string): boolean => {
  const known = tagsIn(headers['if-none-match'] ?? '').map((one) =>
    one.replace(/^W\//, '').replace(CODING, '"'),
  );
  return known.includes('*') || known.includes(tag);
};

/**
 * Returns the versions on which a change may be made: that of the body, and those of the tags in `If-Match` (RFC 9110,
 * 13.1.1), of which `"VERSION"` is enough.
 *
 * @returns undefined for any version
 */
export const acceptedVersions = (
  { headers }: FastifyRequest,
  version?: string,
): string | readonly string[] | undefined => {
  const header = headers['if-match'];
  if (header === undefined || header.trim() === '*') {
    return version;
  }
  const versions = tagsIn(header).flatMap((tag) => OWN_TAG.exec(tag)?.[1] ?? []);
  return version === undefined ? versions : versions.filter((one) => one === version);
};
