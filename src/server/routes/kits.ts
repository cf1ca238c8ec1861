import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { IdParam, ListQuery, wholeNumber } from '../../domain/api/answer.ts';
import { KitRequest, LedgerAnswer } from '../../domain/api/authority.ts';
import { KIT_HEADERS } from '../../domain/wire-headers.ts';
import { answers } from '../answers.ts';
import type { Routes } from '../app-types.ts';
import type { ServiceContext } from '../context.ts';
import { attachment } from '../kits/content-disposition.ts';
import type { KitTarget } from '../services/kit-participants.ts';
import { listLedger } from '../services/ledger.ts';
import { deliverKit } from '../services/make-kit.ts';

const tags = ['kits'];

/** A zip is no JSON: the document tells of it, and the stream passes unchecked. */
const KitZip = z.unknown().meta({
  description: 'Startup kit: zip archive, encrypted with the PIN',
  type: 'string',
  format: 'binary',
});

const schema = {
  tags,
  body: KitRequest.nullish(),
  response: answers(
    { 200: { description: 'Startup kit', content: { 'application/zip': { schema: KitZip } } } },
    'invalid',
    'unauthorized',
    'not_approved',
    'not_found',
    'conflicting',
    'project_not_frozen',
    'sealed',
  ),
};

const ServerParam = z.object({ id: wholeNumber(1, 2) });

/** Ends when the requester hangs up before the answer is out. */
const requesterGone = (reply: FastifyReply): AbortSignal => {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    gone.abort(new Error('the requester has gone'));
  });
  return gone.signal;
};

const send = async (
  context: ServiceContext,
  request: FastifyRequest,
  reply: FastifyReply,
  target: KitTarget,
  pin: string | undefined,
): Promise<FastifyReply> => {
  const kit = await deliverKit(context, request.asker, target, pin, requesterGone(reply));
  if (kit.madePin !== undefined) reply.header(KIT_HEADERS.pin, kit.madePin);
  return reply
    .type('application/zip')
    .header('content-disposition', attachment(kit.fileName))
    .header('cache-control', 'no-store')
    .header(KIT_HEADERS.serial, kit.serial)
    .header(KIT_HEADERS.notAfter, kit.notAfter.toUTCString())
    .send(kit.zip);
};

/** Startup kits (POST …/blob) and the ledger of what was issued for them. */
export const kitRoutes: Routes = (app, context) => {
  app.post(
    '/servers/:id/blob',
    {
      config: { operation: 'servers.kit' },
      schema: { ...schema, summary: "A server's startup kit", params: ServerParam },
    },
    (request, reply) => {
      const index = request.params.id === 2 ? 2 : 1;
      return send(context, request, reply, { kind: 'server', index }, request.body?.pin);
    },
  );
  app.post(
    '/overseer/blob',
    {
      config: { operation: 'overseer.kit' },
      schema: { ...schema, summary: "The overseer's startup kit (high availability)" },
    },
    (request, reply) => send(context, request, reply, { kind: 'overseer' }, request.body?.pin),
  );
  app.post(
    '/clients/:id/blob',
    {
      config: { operation: 'clients.kit' },
      schema: { ...schema, summary: "A site's startup kit", params: IdParam },
    },
    (request, reply) =>
      send(context, request, reply, { kind: 'client', id: request.params.id }, request.body?.pin),
  );
  app.post(
    '/users/:id/blob',
    {
      config: { operation: 'users.kit' },
      schema: { ...schema, summary: "A user's console", params: IdParam },
    },
    (request, reply) =>
      send(context, request, reply, { kind: 'user', id: request.params.id }, request.body?.pin),
  );
  app.get(
    '/kits',
    {
      config: { operation: 'kits.list' },
      schema: {
        summary: 'Ledger of the certificates issued for startup kits',
        tags,
        querystring: ListQuery,
        response: answers({ 200: LedgerAnswer }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', ...(await listLedger(context, request.asker, request.query)) }),
  );
};
