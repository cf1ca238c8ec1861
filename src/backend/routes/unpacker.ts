import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { attachment } from '../kits/content-disposition.ts';

const FILE = 'unpack_kit.py';
/** Put there by the build, from src/kits/unpack. */
const SOURCE = new URL(`../../../dist/backend/entry/${FILE}`, import.meta.url);
const Python = z.unknown().meta({ type: 'string' });

/** GET /unpack_kit.py, which anybody may fetch: it holds no secret, and a site's operator may have no account. */
export const unpackerRoutes: Routes = (app) => {
  let script: Buffer | undefined;
  app.get(
    `/${FILE}`,
    {
      config: { operation: 'unpacker.read' },
      schema: {
        summary: 'Python script that opens a startup kit and checks its signature',
        tags: ['kits'],
        response: responses({ 200: { content: { 'text/x-python': { schema: Python } } } }),
      },
    },
    async (_request, reply) => {
      script ??= await readFile(SOURCE);
      return reply
        .type('text/x-python; charset=utf-8')
        .header('content-disposition', attachment(FILE))
        .send(script);
    },
  );
};
