import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { extname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';

const PREFIX = '/nvflare-dashboard';
const STATIC = 'site-packages/nvflare/dashboard/application/static';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
};
/** Headers that a proxy leaves out, since the body is passed on as a whole. */
const HOP = ['connection', 'content-length', 'host', 'transfer-encoding'];

/** NVIDIA's page, which asks another dashboard's API. */
export interface NvidiaPage {
  readonly url: string;
  /** Calls that the API refused, as `METHOD path: status`. */
  readonly refused: string[];
  readonly close: () => void;
}

/** Finds a file of the page; its links leave out `.html`. */
const findFile = (root: string, path: string): string | undefined => {
  const bare = join(root, path === `${PREFIX}/` || path === '/' ? `${PREFIX}/index` : path);
  return [bare, `${bare}.html`].find((file) => extname(file) !== '' && existsSync(file));
};

const passOn = async (backend: string, request: IncomingMessage): Promise<Response> => {
  const kept = Object.entries(request.headersDistinct).filter(([name]) => !HOP.includes(name));
  const body = await buffer(request);
  return fetch(`${backend}${request.url ?? ''}`, {
    method: request.method ?? 'GET',
    headers: kept.flatMap(([name, values]) => (values ?? []).map((value): [string, string] => [name, value])),
    ...(body.length === 0 ? {} : { body }),
  });
};

/**
 * Serves NVIDIA's page as its own dashboard does, with the API of another one.
 *
 * @param venv folder of the virtual environment with nvflare
 * @param backend address of the dashboard
 */
export const serveNvidiaPage = async (venv: string, backend: string): Promise<NvidiaPage> => {
  const [python = ''] = readdirSync(join(venv, 'lib'));
  const root = join(venv, 'lib', python, STATIC);
  const refused: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURI((request.url ?? '').split('?')[0] ?? '');
    if (!path.startsWith(`${PREFIX}/api/`)) {
      const file = findFile(root, path);
      response.writeHead(file === undefined ? 404 : 200, {
        'content-type': TYPES[extname(file ?? '')] ?? 'application/octet-stream',
      });
      response.end(file === undefined ? '' : readFileSync(file));
      return;
    }
    void passOn(backend, request).then(async (received) => {
      if (!received.ok) {
        refused.push(`${request.method ?? ''} ${path}: ${received.status}`);
      }
      const headers = [...received.headers].filter(([name]) => ![...HOP, 'content-encoding'].includes(name));
      response.writeHead(received.status, Object.fromEntries(headers));
      response.end(Buffer.from(await received.arrayBuffer()));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}${PREFIX}/`,
    refused,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
