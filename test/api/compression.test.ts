import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startBackend, type Backend } from './backend.ts';

const SITES = 40;

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
  for (let number = 0; number < SITES; number += 1) {
    await backend.admin('POST', '/clients', {
      name: `site-${number}`,
      organization: 'clinic',
      description: 'Süd',
    });
  }
}, 60_000);
afterAll(() => backend.close());

interface ApiResponse {
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
}

/** As it comes over the wire, which `fetch` hides. */
const ask = (route: string, accepted?: string): Promise<ApiResponse> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${backend.admin.token}`,
      ...(accepted === undefined ? {} : { 'accept-encoding': accepted }),
    };
    request(`${backend.url}/api/v1${route}`, { headers }, (response) => {
      buffer(response).then((bytes) => {
        resolve({ headers: response.headers, bytes });
      }, reject);
    })
      .on('error', reject)
      .end();
  });

describe('a long list', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('comes compressed with %s to those who accept it, also when it was kept', async (encoding, expand) => {
    const plain = await ask('/clients');
    for (const route of ['/clients', '/clients', '/clients?sort=-name']) {
      const { headers, bytes } = await ask(route, `deflate, ${encoding}`);
      expect([headers['content-encoding'], headers.vary]).toEqual([encoding, 'accept-encoding']);
      expect(headers['content-length']).toBe(String(bytes.length));
      expect(bytes.length).toBeLessThan(plain.bytes.length / 4);
      expect(expand(bytes)).toHaveLength(plain.bytes.length);
    }
    expect(expand((await ask('/clients', encoding)).bytes)).toEqual(plain.bytes);
  });

  it('comes as it is to all others', async () => {
    const { headers, bytes } = await ask('/clients', 'deflate');
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, 'accept-encoding']);
    expect(bytes.toString('utf8')).toContain('Süd');
  });
});

it('a short answer comes as it is', async () => {
  expect((await ask('/project', 'br, gzip')).headers['content-encoding']).toBeUndefined();
});
