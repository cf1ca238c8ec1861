import type { FastifyRequest } from 'fastify';
import type { ServiceContext } from '../context/context.ts';
import type { RelyingParty } from '../services/passkeys/relying-party.ts';
import { ownAddress } from './own-address.ts';

/** Returns whom passkeys are for: the public address, else the one that the browser asked for. */
export const relyingPartyOf = (
  context: Pick<ServiceContext, 'config'>,
  request: Pick<FastifyRequest, 'protocol' | 'host' | 'url' | 'headers'>,
): RelyingParty => {
  const { hostname, origin } = new URL(ownAddress(context, request));
  return { id: hostname, origin };
};
