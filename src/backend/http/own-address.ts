import type { FastifyRequest } from 'fastify';
import type { ServiceContext } from '../context/context.ts';
import { isBelowPrefix } from './public-address.ts';

/** Where browsers reach the dashboard, without a slash at the end: the public address, else the one asked for. */
export const ownAddress = (
  { config }: Pick<ServiceContext, 'config'>,
  request: Pick<FastifyRequest, 'protocol' | 'host' | 'url'>,
): string => {
  if (config.publicUrl !== undefined) {
    return config.publicUrl.replace(/\/+$/, '');
  }
  return `${request.protocol}://${request.host}${isBelowPrefix(request.url) ? '/nvflare-dashboard' : ''}`;
};
