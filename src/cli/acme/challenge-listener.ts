import { crypto, type Authorization } from 'acme-client';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { errorCode } from '../../contract/error-code.ts';
import { systemReason } from '../../contract/system-reason.ts';
import { ACME_ERRORS } from './acme-errors.ts';
import type { ChallengeType } from './challenge-types.ts';

const PATH = '/.well-known/acme-challenge/';
const ALPN_PROTOCOL = 'acme-tls/1';

/** An address of this host; without one, all of them. */
export interface ListenAddress {
  readonly host?: string | undefined;
  readonly port: number;
}

/** Responds to the challenges of the CA while a certificate is obtained. */
export interface ChallengeListener {
  readonly offer: (authorization: Authorization, token: string, keyAuthorization: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const listen = async (
  server: Server | TlsServer,
  type: ChallengeType,
  { host, port }: ListenAddress,
): Promise<void> => {
  server.listen(host === undefined ? { port } : { host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = errorCode(error);
    const other = type === 'http-01' ? 'tls-alpn-01' : 'http-01';
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      throw ACME_ERRORS.portUnavailable(
        { port, reason: code === 'EACCES' ? 'forbidden' : 'in use', challenge: type, other },
        { cause: error },
      );
    }
    throw ACME_ERRORS.addressUnavailable(
      { address: `${host ?? ''}:${port}`, reason: systemReason(error) },
      { cause: error },
    );
  }
};

const closing = (server: Server | TlsServer) => async (): Promise<void> => {
  server.close();
  await once(server, 'close');
};

const openHttp = async (address: ListenAddress): Promise<ChallengeListener> => {
  const contents = new Map<string, string>();
  const server = createServer({ keepAlive: false }, (request, response) => {
    const content = contents.get(request.url ?? '');
    response.writeHead(content === undefined ? 404 : 200, {
      'content-type': 'application/octet-stream',
      connection: 'close',
    });
    response.end(content ?? '');
  });
  await listen(server, 'http-01', address);
  return {
    offer: (_authorization, token, keyAuthorization) => {
      contents.set(`${PATH}${token}`, keyAuthorization);
      return Promise.resolve();
    },
    close: async () => {
      server.closeAllConnections();
      await closing(server)();
    },
  };
};

const openTlsAlpn = async (address: ListenAddress): Promise<ChallengeListener> => {
  const server = createTlsServer({ ALPNProtocols: [ALPN_PROTOCOL] }, (socket) => socket.destroy());
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await listen(server, 'tls-alpn-01', address);
  return {
    offer: async (authorization, _token, keyAuthorization) => {
      const [key, cert] = await crypto.createAlpnCertificate(authorization, keyAuthorization);
      server.addContext(authorization.identifier.value, { key, cert });
    },
    close: closing(server),
  };
};

/** @throws CliError `challenge_port_unavailable` */
export const openChallengeListener = (
  type: ChallengeType,
  address: ListenAddress,
): Promise<ChallengeListener> => (type === 'http-01' ? openHttp(address) : openTlsAlpn(address));
