import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import fastifyPlugin from 'fastify-plugin';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isViewAddress } from '../../../contract/page-addresses.ts';
import { acceptedEncoding } from '../accepted-encoding.ts';
import type { App } from '../app-types.ts';
import { isBelowPrefix, localPath, relativeBase } from '../public-address.ts';
import { contentSecurityPolicy } from './security-headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const SUFFIXES = { br: '.br', gzip: '.gz' } as const;
const NONCE = /__CSP_NONCE__/g;
/** Only programs ask here; they get a 404 in JSON. */
const NO_PAGE = /^\/(?:api|v\d+|metrics|graphql|health|healthz|livez|ready|readyz|docs)(?:\/|$)|\/\./i;
const HASHED = /[-.][\w-]{8,}\.\w+$/;
const PLAIN_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>NVIDIA FLARE dashboard</title>
<h1>NVIDIA FLARE dashboard</h1>
<p>This is the registration service of a federated-learning project. Its web page is not part of this build.</p>
<p>The API is described at <a href="./docs">/docs</a>; its document is <a href="./openapi.json">/openapi.json</a>.</p>
</html>`;

const filesOf = async (folder: string): Promise<ReadonlySet<string>> => {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return new Set(
      files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length).split(sep).join('/')),
    );
  } catch {
    return new Set();
  }
};

/** Start of the built page's own addresses, see vite.config.ts. */
const RELATIVE = /="\.\//g;

/** True for the addresses of the web page's views. */
export const isPageAddress = (path: string): boolean => {
  const local = localPath(path);
  return !NO_PAGE.test(local) && (extname(local) === '' || local === '/index.html');
};

/** Programs, which take anything, get the page at its root only: elsewhere they look for something else. */
const wantsPage = (accept = '*/*', local: string): boolean =>
  accept.includes('text/html') || (accept.includes('*/*') && ['', '/', '/index.html'].includes(local));

const sendPage = async (
  reply: FastifyReply,
  folder: string,
  files: ReadonlySet<string>,
  base: string,
): Promise<FastifyReply> => {
  const nonce = randomBytes(16).toString('base64');
  const html = files.has('/index.html') ? await readFile(join(folder, 'index.html'), 'utf8') : PLAIN_PAGE;
  return reply
    .header('content-security-policy', contentSecurityPolicy(`'nonce-${nonce}'`))
    .type('text/html; charset=utf-8')
    .send(html.replace(NONCE, nonce).replace(RELATIVE, `="${base}`));
};

const sendFile = (
  request: FastifyRequest,
  reply: FastifyReply,
  folder: string,
  files: ReadonlySet<string>,
  path: string,
) => {
  const encoding = acceptedEncoding(request.headers['accept-encoding']);
  const suffix = encoding !== undefined && files.has(path + SUFFIXES[encoding]) ? SUFFIXES[encoding] : '';
  if (suffix !== '') {
    reply.header('content-encoding', encoding);
  }
  return reply
    .header('vary', 'accept-encoding')
    .header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    .type(TYPES[extname(path)] ?? 'application/octet-stream')
    .send(createReadStream(join(folder, path + suffix)));
};

/**
 * Serves the built web page at `/` and below `/nvflare-dashboard`, where everything it asks for stays below it. Only
 * files that were there when the backend started are served, so that no path can lead out of the folder.
 */
export const pagesPlugin = fastifyPlugin(async (app: App, options: { readonly folder: string }) => {
  const files = await filesOf(options.folder);
  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const [path = '/'] = request.url.split('?', 1);
    const local = localPath(path);
    if (local !== '/index.html' && files.has(local)) {
      return sendFile(request, reply, options.folder, files, local);
    }
    if (!isPageAddress(path) || !wantsPage(request.headers.accept, local)) {
      reply.callNotFound();
      return reply;
    }
    const [asked = '/'] = request.originalUrl.split('?', 1);
    if (!isViewAddress(local, isBelowPrefix(path))) {
      reply.code(404);
    }
    return sendPage(reply, options.folder, files, relativeBase(asked, path));
  };
  app.get('/*', { config: { operation: 'document.read' } }, serve);
});
