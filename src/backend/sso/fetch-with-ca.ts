import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';
import type { CustomFetch } from 'openid-client';

const MAX_BYTES = 1024 * 1024;
/** What is kept of a response's header: openid-client reads the type, the checks the others. */
const KEPT = ['content-type', 'date', 'location'] as const;
const BODYLESS: ReadonlySet<number> = new Set([204, 304]);

/** A fetch that trusts further certificate authorities, which Node's own takes at the start of the process only. */
export const fetchWithCa =
  (ca: string): CustomFetch =>
  (url, { method, headers: sentHeaders, body, signal }) =>
    new Promise((resolve, reject) => {
      const options = { method, headers: sentHeaders, signal, ca: [...rootCertificates, ca], agent: false };
      const sent = request(url, options, (response) => {
        let received = 0;
        response.on('data', (chunk: Buffer) => {
          received += chunk.length;
          if (received > MAX_BYTES) {
            response.destroy(new Error('the response is too large'));
          }
        });
        buffer(response)
          .then((bytes) => {
            const status = response.statusCode ?? 500;
            const headers = KEPT.map((name) => [name, response.headers[name] ?? ''] as const).filter(
              ([, value]) => value !== '',
            );
            const content = BODYLESS.has(status) ? null : new Uint8Array(bytes);
            resolve(new Response(content, { status, headers: Object.fromEntries(headers) }));
          })
          .catch(reject);
      });
      sent.once('error', reject);
      sent.end(body instanceof URLSearchParams ? body.toString() : undefined);
    });
