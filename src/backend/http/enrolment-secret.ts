import type { FastifyRequest } from 'fastify';
import { ApiError } from '../../contract/errors.ts';

const BEARER = /^bearer +(\S+)$/i;
const BASIC = /^basic +([A-Za-z0-9+/]+={0,2})$/i;

/** Returns the enrolment token of a request: as bearer, or as the password of HTTP Basic (RFC 7617), whoever the user. */
export const enrolmentSecret = (authorization: string | undefined): string | undefined => {
  const text = authorization?.trim() ?? '';
  const bearer = BEARER.exec(text)?.[1];
  if (bearer !== undefined) {
    return bearer;
  }
  const basic = BASIC.exec(text)?.[1];
  const pair = basic === undefined ? '' : Buffer.from(basic, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1);
};

/** Refuses a request without any token before its body is read. @throws ApiError `unauthenticated` */
export const requireEnrolmentSecret = (request: FastifyRequest): Promise<void> =>
  enrolmentSecret(request.headers.authorization) === undefined
    ? Promise.reject(new ApiError('unauthenticated', 'An enrolment token is needed.'))
    : Promise.resolve();
