import {
  RequestApproval,
  RequestParam,
  RequestRejection,
  RequestResponse,
  RequestsQuery,
  RequestsResponse,
  RequestSubmit,
} from '../../contract/api/requests.ts';
import type { Routes } from '../http/app-types.ts';
import { NOT_MODIFIED } from '../http/entity-tag.ts';
import { responses } from '../http/responses.ts';
import { openZip, sendZip } from '../http/zip-response.ts';
import { approveRequest, rejectRequest } from '../services/requests/decide-request.ts';
import { keylessKitOf } from '../services/requests/keyless-kit.ts';
import { getRequest, listRequests } from '../services/requests/requests.ts';
import { signedZipOf } from '../services/requests/signed-zip-of.ts';
import { submitRequest } from '../services/requests/submit-request.ts';

const tags = ['requests'];

/** /requests: certificates for keys that stay where they were generated */
export const requestRoutes: Routes = (app, context) => {
  app.post(
    '/requests',
    {
      config: { operation: 'requests.submit' },
      schema: {
        summary: 'Request a certificate for a key that stays where it is',
        description: '`NAME.request.zip` of `nvflare cert request`, or a PKCS#10 request in PEM or DER.',
        tags,
        body: RequestSubmit,
        response: responses(
          { 201: RequestResponse },
          'invalid',
          'unauthorized',
          'not_approved',
          'not_found',
          'conflicting',
          'project_not_frozen',
        ),
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send({ status: 'ok', request: await submitRequest(context, request.requester, request.body) }),
  );
  app.get(
    '/requests',
    {
      config: { operation: 'requests.read' },
      schema: {
        summary: 'List requests for certificates',
        tags,
        querystring: RequestsQuery,
        response: responses({ 200: RequestsResponse }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => ({ status: 'ok', ...(await listRequests(context, request.requester, request.query)) }),
  );
  app.get(
    '/requests/:id',
    {
      config: { operation: 'requests.read', entity: 'request' },
      schema: {
        summary: 'One request, with its certificate once it is approved',
        tags,
        params: RequestParam,
        response: responses(
          { 200: RequestResponse, 304: NOT_MODIFIED },
          'invalid',
          'unauthorized',
          'not_found',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      request: await getRequest(context, request.requester, request.params.id),
    }),
  );
  app.post(
    '/requests/:id/approve',
    {
      config: { operation: 'requests.decide' },
      schema: {
        summary: 'Sign the certificate of exactly the request that was looked at',
        tags,
        params: RequestParam,
        body: RequestApproval,
        response: responses(
          { 200: RequestResponse },
          'invalid',
          'unauthorized',
          'not_approved',
          'not_found',
          'conflicting',
          'project_not_frozen',
          'sealed',
        ),
      },
    },
    async (request) => {
      const { params, body, requester } = request;
      return { status: 'ok', request: await approveRequest(context, requester, params.id, body.version) };
    },
  );
  app.post(
    '/requests/:id/reject',
    {
      config: { operation: 'requests.decide' },
      schema: {
        summary: 'Reject a request',
        tags,
        params: RequestParam,
        body: RequestRejection,
        response: responses({ 200: RequestResponse }, 'invalid', 'unauthorized', 'not_found', 'conflicting'),
      },
    },
    async (request) => {
      const { params, body, requester } = request;
      return { status: 'ok', request: await rejectRequest(context, requester, params.id, body) };
    },
  );
  app.get(
    '/requests/:id/signed.zip',
    {
      config: { operation: 'requests.read' },
      schema: {
        summary: 'NAME.signed.zip, for `nvflare package`',
        tags,
        params: RequestParam,
        response: responses(
          { 200: openZip('Signed zip') },
          'invalid',
          'unauthorized',
          'not_found',
          'conflicting',
          'sealed',
          'project_incomplete',
        ),
      },
    },
    async (request, reply) => {
      return sendZip(reply, await signedZipOf(context, request.requester, request.params.id));
    },
  );
  app.get(
    '/requests/:id/kit.zip',
    {
      config: { operation: 'requests.read' },
      schema: {
        summary: 'Startup kit without the key, with a script that puts the key in place',
        tags,
        params: RequestParam,
        response: responses(
          { 200: openZip('Startup kit') },
          'invalid',
          'unauthorized',
          'not_approved',
          'not_found',
          'conflicting',
          'project_not_frozen',
          'sealed',
        ),
      },
    },
    async (request, reply) => {
      return sendZip(reply, await keylessKitOf(context, request.requester, request.params.id));
    },
  );
};
