import { OrganizationsAnswer } from '../../domain/api/project.ts';
import { answers } from '../answers.ts';
import type { Routes } from '../app-types.ts';
import { listOrganizations } from '../services/organizations.ts';

/** GET /organizations */
export const organizationRoutes: Routes = (app, context) => {
  app.get(
    '/organizations',
    {
      config: { operation: 'organizations.list', keep: true },
      schema: {
        summary: 'Names of all organizations',
        tags: ['project'],
        response: answers({ 200: OrganizationsAnswer }),
      },
    },
    async () => {
      const names = await listOrganizations(context);
      return { status: 'ok', client_list: names.map((name) => ({ name })), org_list: [...names] };
    },
  );
};
