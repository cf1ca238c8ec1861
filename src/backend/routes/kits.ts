import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OutdatedKitsQuery, OutdatedKitsResponse } from '../../contract/api/outdated-kits.ts';
import { IdParam, wholeNumber } from '../../contract/api/response.ts';
import { KitRequest, LedgerQuery, LedgerResponse } from '../../contract/api/root-ca.ts';
import { KIT_HEADERS } from '../../contract/wire-headers.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import type { ServiceContext } from '../context/context.ts';
import { attachment } from '../kits/content-disposition.ts';
import type { KitTarget } from '../services/kits/kit-participants.ts';
import { listLedger } from '../services/kits/ledger.ts';
import { listOutdatedKits } from '../services/kits/outdated-kits.ts';
import { deliverKit } from '../services/kits/deliver-kit.ts';

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
  response: responses(
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

/** Ends when the requester hangs up before the response is out. */
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
  body: KitRequest | null | undefined,
): Promise<FastifyReply> => {
  const kit = await deliverKit(context, request.requester, target, body ?? {}, requesterGone(reply));
  if (kit.generatedPin !== undefined) {
    reply.header(KIT_HEADERS.pin, kit.generatedPin);
  }
  return reply
    .type('application/zip')
    .header('content-disposition', attachment(kit.fileName))
    .header('cache-control', 'no-store')
    .header(KIT_HEADERS.encryption, kit.encryption)
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
      return send(context, request, reply, { kind: 'server', index }, request.body);
    },
  );
  app.post(
    '/overseer/blob',
    {
      config: { operation: 'overseer.kit' },
      schema: { ...schema, summary: "The overseer's startup kit (high availability)" },
    },
    (request, reply) => send(context, request, reply, { kind: 'overseer' }, request.body),
  );
  app.post(
    '/clients/:id/blob',
    {
      config: { operation: 'clients.kit', target: 'site' },
      schema: { ...schema, summary: "A site's startup kit", params: IdParam },
    },
    (request, reply) =>
      send(context, request, reply, { kind: 'client', id: request.params.id }, request.body),
  );
  app.post(
    '/users/:id/blob',
    {
      config: { operation: 'users.kit', target: 'account' },
      schema: { ...schema, summary: "A user's console", params: IdParam },
    },
    (request, reply) => send(context, request, reply, { kind: 'user', id: request.params.id }, request.body),
  );
  app.get(
    '/kits/outdated',
    {
      config: { operation: 'renewals.read' },
      schema: {
        summary: 'Kits in use that are not what they would be now, and why',
        tags,
        querystring: OutdatedKitsQuery,
        response: responses(
          { 200: OutdatedKitsResponse },
          'invalid',
          'unauthorized',
          'not_approved',
          'project_incomplete',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      ...(await listOutdatedKits(context, request.requester, request.query)),
    }),
  );
  app.get(
    '/kits',
    {
      config: { operation: 'kits.list' },
      schema: {
        summary: 'Ledger of the certificates issued for startup kits',
        tags,
        querystring: LedgerQuery,
        response: responses({ 200: LedgerResponse }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', ...(await listLedger(context, request.requester, request.query)) }),
  );
};
