import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DisabledClients, RevocationRequest, RevocationResponse } from '../../contract/api/certificates.ts';
import { RenewalsQuery, RenewalsResponse } from '../../contract/api/renewals.ts';
import type { ServiceContext } from '../context/context.ts';
import type { Routes } from '../http/app-types.ts';
import { entityTagOf, isKnown, NOT_MODIFIED } from '../http/entity-tag.ts';
import { responses } from '../http/responses.ts';
import { currentCrl } from '../services/certificates/crl.ts';
import { disabledClients, signBody } from '../services/certificates/disabled-clients.ts';
import { findRenewals } from '../services/certificates/renewals.ts';
import { revokeCertificates } from '../services/certificates/revoke.ts';

const tags = ['certificates'];
/** RFC 5280, 4.2.1.13 and RFC 7468. */
const CRL_TYPES = { der: 'application/pkix-crl', pem: 'application/x-pem-file' } as const;
const PEM_FRAME = /-----[A-Z0-9 ]+-----|\s/g;

const binary = z.unknown().meta({ type: 'string', format: 'binary' });

/** Sends a body under its entity tag, or 304 where the requester has it already (RFC 9110, 13.1.2). */
const sendTagged = (
  request: FastifyRequest,
  reply: FastifyReply,
  {
    type,
    body,
    cache,
  }: { readonly type: string; readonly body: Buffer; readonly cache: 'no-cache' | 'no-store' },
): FastifyReply => {
  const tag = entityTagOf(body);
  reply.header('etag', tag).header('cache-control', cache).type(type);
  return isKnown(request, tag) ? reply.code(304).type('text/plain').send() : reply.send(body);
};

const sendCrl = async (
  context: ServiceContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: keyof typeof CRL_TYPES,
): Promise<FastifyReply> => {
  const { pem } = await currentCrl(context);
  const body = form === 'pem' ? Buffer.from(pem) : Buffer.from(pem.replaceAll(PEM_FRAME, ''), 'base64');
  return sendTagged(request, reply, { type: CRL_TYPES[form], body, cache: 'no-cache' });
};

/** The revocation list, which anybody may fetch: GET /crl.pem and /crl.der */
export const crlRoutes: Routes = (app, context) => {
  for (const form of ['pem', 'der'] as const) {
    app.get(
      `/crl.${form}`,
      {
        config: { operation: 'crl.read' },
        schema: {
          summary: `Certificates that must not be accepted any more, signed by the root CA (${form.toUpperCase()})`,
          tags,
          response: responses(
            { 200: { content: { [CRL_TYPES[form]]: { schema: binary } } }, 304: NOT_MODIFIED },
            'project_not_frozen',
            'sealed',
          ),
        },
      },
      (request, reply) => sendCrl(context, request, reply, form),
    );
  }
};

/** POST /certificates/revoke and GET /disabled_clients.json */
export const certificateRoutes: Routes = (app, context) => {
  app.post(
    '/certificates/revoke',
    {
      config: { operation: 'certificates.revoke' },
      schema: {
        summary: 'Revoke certificates for good',
        tags,
        body: RevocationRequest,
        response: responses({ 200: RevocationResponse }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => ({
      status: 'ok',
      ...(await revokeCertificates(context, request.requester, request.body)),
    }),
  );
  app.get(
    '/renewals',
    {
      config: { operation: 'renewals.read' },
      schema: {
        summary: 'Certificates that expire next, and how each is renewed',
        tags,
        querystring: RenewalsQuery,
        response: responses({ 200: RenewalsResponse }, 'invalid', 'unauthorized', 'not_approved'),
      },
    },
    async (request) => ({
      status: 'ok',
      renewals: await findRenewals(context, request.requester, request.query),
    }),
  );
  app.get(
    '/disabled_clients.json',
    {
      config: { operation: 'certificates.disabled' },
      schema: {
        summary:
          "Sites all of whose certificates are revoked, as the FL server's workspace holds them (2.8, 2.9)",
        tags,
        response: responses({ 200: DisabledClients, 304: NOT_MODIFIED }, 'unauthorized'),
      },
    },
    async (request, reply) => {
      const names = await disabledClients(context, request.requester);
      const body = Buffer.from(JSON.stringify({ disabled_clients: names }));
      const signed = await signBody(context, body);
      if (signed !== undefined) {
        reply.header('x-signed-at', signed.at).header('x-signature', signed.signature);
      }
      return sendTagged(request, reply, { type: 'application/json; charset=utf-8', body, cache: 'no-store' });
    },
  );
};
