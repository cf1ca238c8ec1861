import { OrganizationsQuery, OrganizationsResponse } from '../../contract/api/project.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { listOrganizations } from '../services/organizations/organizations.ts';

/** GET /organizations */
export const organizationRoutes: Routes = (app, context) => {
  app.get(
    '/organizations',
    {
      config: { operation: 'organizations.list', keep: true },
      schema: {
        summary: 'Names of all organizations',
        tags: ['project'],
        querystring: OrganizationsQuery,
        response: responses({ 200: OrganizationsResponse }, 'invalid'),
      },
    },
    async (request) => {
      const { names, total } = await listOrganizations(context, request.requester, request.query);
      return { status: 'ok', client_list: names.map((name) => ({ name })), org_list: [...names], total };
    },
  );
};
