import { request as requestHttp, type IncomingHttpHeaders } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import { TLSSocket } from 'node:tls';

const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

/**
 * Who may respond over HTTPS: `anybody`, for questions that hold no secret; `chain`, whom Node's certificate authorities
 * vouch for; whom one certificate authority (PEM) vouches for; or the one certificate in the project's folder, which
 * says more than a chain, as it is often self-signed or for another name than localhost (SHA-256).
 */
export type Trust = 'anybody' | 'chain' | { readonly ca: string } | { readonly fingerprint: string };

/** A request to a dashboard. */
export interface BackendRequest {
  readonly origin: string;
  readonly path: string;
  readonly method?: string;
  /** JSON. */
  readonly body?: unknown;
  readonly token?: string;
  readonly trust: Trust;
  readonly signal: AbortSignal;
}

export interface BackendResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** Undefined when the response is not JSON. */
  readonly json: unknown;
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const tlsOptions = (trust: Trust): RequestOptions =>
  typeof trust === 'object' && 'ca' in trust ? { ca: trust.ca } : { rejectUnauthorized: trust === 'chain' };

/** @throws Error when nothing responds, or not with the expected certificate; AbortError when the signal fired */
export const requestBackend = (request: BackendRequest): Promise<BackendResponse> =>
  new Promise((resolve, reject) => {
    const url = new URL(request.path, request.origin);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const options: RequestOptions = {
      method: request.method ?? 'GET',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
      },
      agent: false,
      signal: request.signal,
      ...tlsOptions(request.trust),
    };
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_RESPONSE_BYTES) {
          response.destroy(new Error('the response is too large'));
        } else {
          chunks.push(chunk);
        }
      });
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, bytes, json: parseJson(bytes.toString('utf8')) });
      });
    });
    sent.on('error', reject);
    const { trust } = request;
    if (typeof trust === 'string' || 'ca' in trust || url.protocol !== 'https:') {
      sent.end(body);
      return;
    }
    // Nothing is sent before the certificate has been seen.
    sent.on('socket', (socket) => {
      socket.once('secureConnect', () => {
        const seen =
          socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.fingerprint256 : undefined;
        if (seen === trust.fingerprint) {
          sent.end(body);
        } else {
          sent.destroy(new Error('another certificate than the one in cert/ responds'));
        }
      });
    });
  });
