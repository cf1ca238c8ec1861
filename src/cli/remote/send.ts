import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { TLSSocket } from 'node:tls';

const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

/** What makes the other side the dashboard that is meant. */
export type Trust =
  | {
      readonly kind: 'chain';
      /** PEM; undefined for the CAs of this host. */ readonly ca: string | undefined;
    }
  | {
      readonly kind: 'certificate';
      /** SHA-256, upper-case pairs with colons. */ readonly fingerprint: string;
    }
  /** HTTP. */
  | { readonly kind: 'none' };

export interface SentRequest {
  readonly url: URL;
  readonly trust: Trust;
  readonly method: string;
  readonly token: string | undefined;
  /** JSON. */
  readonly body: unknown;
  readonly signal: AbortSignal;
}

export interface SentResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: Buffer;
}

const tlsOptions = (trust: Trust) =>
  trust.kind === 'certificate'
    ? { rejectUnauthorized: false }
    : trust.kind === 'chain' && trust.ca !== undefined
      ? { ca: trust.ca }
      : {};

/**
 * Sends one request. Neither token nor body leave before the other side has proved who it is.
 *
 * @throws Error when nothing responds, or not with the trusted certificate; AbortError when the signal fires
 */
export const send = ({ url, trust, method, token, body, signal }: SentRequest): Promise<SentResponse> =>
  new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const start = url.protocol === 'https:' ? requestHttps : requestHttp;
    const sent = start(
      url,
      {
        method,
        headers: {
          accept: 'application/json, application/zip',
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        agent: false,
        signal,
        ...tlsOptions(trust),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_RESPONSE_BYTES) response.destroy(new Error('the response is too large'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes: Buffer.concat(chunks),
          });
        });
      },
    );
    sent.on('error', reject);
    if (trust.kind !== 'certificate') {
      sent.end(text);
      return;
    }
    sent.on('socket', (socket) => {
      socket.once('secureConnect', () => {
        const seen =
          socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.fingerprint256 : undefined;
        if (seen === trust.fingerprint) sent.end(text);
        else sent.destroy(new Error('another certificate than the one in cert/ responds'));
      });
    });
  });
