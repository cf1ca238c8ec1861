import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { attachment } from '../kits/content-disposition.ts';

/** A zip is no JSON: the document tells of it, and the bytes pass unchecked. */
const OpenZip = z.unknown().meta({
  description: 'Zip archive, not encrypted: it holds no secret',
  type: 'string',
  format: 'binary',
});

/** Returns the API document's description of a response with a zip that holds no secret. */
export const openZip = (description: string) => ({
  description,
  content: { 'application/zip': { schema: OpenZip } },
});

/** Sends a zip as a file that nobody keeps on the way. */
export const sendZip = (
  reply: FastifyReply,
  { fileName, zip }: { readonly fileName: string; readonly zip: Buffer },
) =>
  reply
    .type('application/zip')
    .header('content-disposition', attachment(fileName))
    .header('cache-control', 'no-store')
    .send(zip);
