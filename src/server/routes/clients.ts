import { IdParam, ListQuery, StatusAnswer } from '../../domain/api/answer.ts';
import { ClientAnswer, ClientCreate, ClientPatch, ClientsAnswer } from '../../domain/api/client.ts';
import { answers } from '../answers.ts';
import type { Routes } from '../app-types.ts';
import { patchClient } from '../services/change-client.ts';
import { createClient, deleteClient, getClient, listClients } from '../services/clients.ts';

/** Registration of sites: /clients and /clients/{id} */
export const clientRoutes: Routes = (app, context) => {
  const tags = ['sites'];
  app.get(
    '/clients',
    {
      config: { operation: 'clients.list', keep: true },
      schema: {
        summary: 'Sites: of the own organization in full, approved ones of others reduced',
        tags,
        querystring: ListQuery,
        response: answers({ 200: ClientsAnswer }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => {
      const { clients, total } = await listClients(context, request.asker, request.query);
      return { status: 'ok', client_list: clients, total };
    },
  );
  app.post(
    '/clients',
    {
      config: { operation: 'clients.create' },
      schema: {
        summary: 'Register a site',
        tags,
        body: ClientCreate,
        response: answers({ 201: ClientAnswer }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request, reply) => {
      const client = await createClient(context, request.asker, request.body);
      return reply.code(201).send({ status: 'ok', client });
    },
  );
  app.get(
    '/clients/:id',
    {
      config: { operation: 'clients.read', keep: true },
      schema: {
        summary: 'One site',
        tags,
        params: IdParam,
        response: answers({ 200: ClientAnswer }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => ({ status: 'ok', client: await getClient(context, request.asker, request.params.id) }),
  );
  app.patch(
    '/clients/:id',
    {
      config: { operation: 'clients.change' },
      schema: {
        summary: 'Change, approve, deny or hand over a site',
        tags,
        params: IdParam,
        body: ClientPatch,
        response: answers({ 200: ClientAnswer }, 'invalid', 'unauthorized', 'not_found', 'conflicting'),
      },
    },
    async (request) => ({
      status: 'ok',
      client: await patchClient(context, request.asker, request.params.id, request.body),
    }),
  );
  app.delete(
    '/clients/:id',
    {
      config: { operation: 'clients.delete' },
      schema: {
        summary: 'Delete a site',
        tags,
        params: IdParam,
        response: answers({ 200: StatusAnswer }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => {
      await deleteClient(context, request.asker, request.params.id);
      return { status: 'ok' };
    },
  );
};
