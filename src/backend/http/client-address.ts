import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** IPv4 with a port, as some proxies write it. */
const WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d+$/;

/** The requester's address: of the connection, or what a trusted proxy says, where that is an address. */
export const clientAddress = (request: FastifyRequest): string => {
  const address = request.ip.replace(WITH_PORT, '$1');
  return isIP(address) === 0 ? (request.socket.remoteAddress ?? '') : address;
};
