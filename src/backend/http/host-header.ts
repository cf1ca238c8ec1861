import type { FastifyRequest } from 'fastify';

const HOST = /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i;

/** Returns whether a Host header names a host, with a port or without (RFC 9110, 7.2); it may also be empty. */
export const namesHost = (header: string): boolean => header === '' || HOST.test(header);

/** A proxy may believe the one and this backend the other (RFC 9112, 3.2). */
const SINGLE = ['host', 'authorization', 'content-type'] as const;

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

/** Returns what makes a request ambiguous: headers given twice, an unknown length, a host that is none or another than the target's. */
export const ambiguityOf = ({ raw, originalUrl }: FastifyRequest): string | undefined => {
  const twice = SINGLE.find((name) => (raw.headersDistinct[name] ?? []).length > 1);
  if (twice !== undefined) {
    return `The request has two ${twice} headers.`;
  }
  const { host = '', 'transfer-encoding': coding = 'chunked' } = raw.headers;
  // Node takes any for a request without a body.
  if (coding.toLowerCase() !== 'chunked') {
    return 'The request has a transfer encoding other than chunked.';
  }
  if (!namesHost(host)) {
    return 'The Host header names no host.';
  }
  const isAbsolute = !originalUrl.startsWith('/') && originalUrl.includes('://');
  return isAbsolute && hostOf(originalUrl) !== hostOf(`${originalUrl.split(':', 1)[0] ?? ''}://${host}`)
    ? 'The request names two hosts.'
    : undefined;
};
