import type { FastifyRequest } from 'fastify';
import type { ServiceContext } from '../context/context.ts';
import { cookiePlace } from './cookie-place.ts';

/**
 * Where browsers reach the dashboard, without a slash at the end: the public address, else the one asked for, below
 * what the page says.
 */
export const ownAddress = (
  { config }: Pick<ServiceContext, 'config'>,
  request: Pick<FastifyRequest, 'protocol' | 'host' | 'url' | 'headers'>,
): string => {
  if (config.publicUrl !== undefined) {
    return config.publicUrl.replace(/\/+$/, '');
  }
  const { path } = cookiePlace(request);
  return `${request.protocol}://${request.host}${path === '/' ? '' : path}`;
};
