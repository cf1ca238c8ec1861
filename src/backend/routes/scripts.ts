import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { attachment } from '../kits/content-disposition.ts';

/** Put there by the build, from src/kits. */
const FOLDER = new URL('../../../dist/backend/entry/', import.meta.url);
const SCRIPTS = [
  {
    file: 'unpack_kit.py',
    operation: 'unpacker.read',
    tag: 'kits',
    summary: 'Python script that opens a startup kit and checks its signature',
  },
  {
    file: 'enroll.py',
    operation: 'enroller.read',
    tag: 'enrolment',
    summary: 'Python script that enrols a site with an enrolment token',
  },
] as const;
const Python = z.unknown().meta({ type: 'string' });

/** Scripts for sites, which anybody may fetch: they hold no secret, and a site's operator may have no account. */
export const scriptRoutes: Routes = (app) => {
  for (const { file, operation, tag, summary } of SCRIPTS) {
    let script: Buffer | undefined;
    app.get(
      `/${file}`,
      {
        config: { operation },
        schema: {
          summary,
          tags: [tag],
          response: responses({ 200: { content: { 'text/x-python': { schema: Python } } } }),
        },
      },
      async (_request, reply) => {
        script ??= await readFile(new URL(file, FOLDER));
        return reply
          .type('text/x-python; charset=utf-8')
          .header('content-disposition', attachment(file))
          .send(script);
      },
    );
  }
};
