import { IdParam, SitesQuery, StatusResponse } from '../../contract/api/response.ts';
import { ClientResponse, ClientCreate, ClientPatch, ClientsResponse } from '../../contract/api/client.ts';
import { SITE_COLUMNS, SitesImport, SitesImportResponse } from '../../contract/api/table-import.ts';
import { acceptedVersions, NOT_MODIFIED } from '../http/entity-tag.ts';
import { JSON_TYPE, streamedList } from '../http/streamed-list.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { importSites } from '../services/imports/import-sites.ts';
import { ignoredProps } from '../services/project/participant-props.ts';
import { patchClient } from '../services/sites/change-site.ts';
import { createClient, deleteClient, getClient, listClients } from '../services/sites/sites.ts';

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
        querystring: SitesQuery,
        response: responses({ 200: ClientsResponse }, 'invalid', 'unauthorized'),
      },
    },
    async (request, reply) => {
      const { requester, query } = request;
      const { clients, total } = await listClients(context, requester, query);
      const offset = query.offset ?? 0;
      if (query.limit === undefined && offset + clients.length < total) {
        const read = async (from: number) =>
          (await listClients(context, requester, { ...query, offset: from })).clients;
        return reply
          .type(JSON_TYPE)
          .send(streamedList(['client_list'], { first: clients, offset, total, read }));
      }
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
        response: responses({ 201: ClientResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request, reply) => {
      const client = await createClient(context, request.requester, request.body);
      const ignored = ignoredProps(client.type, request.body.props);
      return reply.code(201).send({ status: 'ok', client, ignored });
    },
  );
  app.post(
    '/clients/import',
    {
      config: { operation: 'clients.create' },
      schema: {
        summary: 'Register the sites of a table, all or none',
        description: `Columns: ${SITE_COLUMNS.join(', ')}. A line is named by its number in the file, as in \`lines.3.name\`.`,
        tags,
        body: SitesImport,
        response: responses({ 200: SitesImportResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request) => {
      const { rows } = await importSites(context, request.requester, request.body);
      return { status: 'ok', imported: !request.body.dry_run, rows };
    },
  );
  app.get(
    '/clients/:id',
    {
      config: { operation: 'clients.read', keep: true, entity: 'client' },
      schema: {
        summary: 'One site',
        tags,
        params: IdParam,
        response: responses(
          { 200: ClientResponse, 304: NOT_MODIFIED },
          'invalid',
          'unauthorized',
          'not_found',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      client: await getClient(context, request.requester, request.params.id),
    }),
  );
  app.patch(
    '/clients/:id',
    {
      config: { operation: 'clients.change', target: 'site' },
      schema: {
        summary: 'Change, approve, deny or hand over a site',
        tags,
        params: IdParam,
        body: ClientPatch,
        response: responses(
          { 200: ClientResponse },
          'invalid',
          'unauthorized',
          'not_found',
          'conflicting',
          'changed',
        ),
      },
    },
    async (request) => {
      const client = await patchClient(context, request.requester, request.params.id, {
        ...request.body,
        version: acceptedVersions(request, request.body.version),
      });
      return { status: 'ok', client, ignored: ignoredProps(client.type, request.body.props) };
    },
  );
  app.delete(
    '/clients/:id',
    {
      config: { operation: 'clients.delete', target: 'site' },
      schema: {
        summary: 'Delete a site',
        tags,
        params: IdParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'not_found', 'changed'),
      },
    },
    async (request) => {
      await deleteClient(context, request.requester, request.params.id, acceptedVersions(request));
      return { status: 'ok' };
    },
  );
};
