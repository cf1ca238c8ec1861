import {
  OrganizationCreate,
  OrganizationMerge,
  OrganizationParam,
  OrganizationPatch,
  OrganizationResponse,
  OrganizationsQuery,
  OrganizationsResponse,
} from '../../contract/api/organization.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import {
  changeOrganization,
  createOrganization,
  mergeOrganization,
} from '../services/organizations/change-organization.ts';
import { listOrganizations, readOrganization } from '../services/organizations/organizations.ts';

/** /organizations */
export const organizationRoutes: Routes = (app, context) => {
  const tags = ['project'];
  app.get(
    '/organizations',
    {
      config: { operation: 'organizations.list', keep: true },
      schema: {
        summary: 'Names of all organizations',
        tags,
        querystring: OrganizationsQuery,
        response: responses({ 200: OrganizationsResponse }, 'invalid'),
      },
    },
    async (request) => {
      const { organizations, total } = await listOrganizations(context, request.requester, request.query);
      return {
        status: 'ok',
        client_list: organizations.map(({ name }) => ({ name })),
        org_list: organizations.map(({ name }) => name),
        organizations,
        total,
      };
    },
  );
  app.post(
    '/organizations',
    {
      config: { operation: 'organizations.change' },
      schema: {
        summary: 'Add an organization before anybody of it has signed up',
        tags,
        body: OrganizationCreate,
        response: responses(
          { 201: OrganizationResponse },
          'invalid',
          'unauthorized',
          'not_approved',
          'conflicting',
        ),
      },
    },
    async (request, reply) => {
      const organization = await createOrganization(context, request.requester, request.body);
      return reply.code(201).send({ status: 'ok', organization });
    },
  );
  app.get(
    '/organizations/by-name/:name',
    {
      config: { operation: 'organizations.read' },
      schema: {
        summary: 'One organization',
        tags,
        params: OrganizationParam,
        response: responses({ 200: OrganizationResponse }, 'invalid', 'not_found'),
      },
    },
    async (request) => ({
      status: 'ok',
      organization: await readOrganization(context, request.requester, request.params.name),
    }),
  );
  app.patch(
    '/organizations/by-name/:name',
    {
      config: { operation: 'organizations.change' },
      schema: {
        summary: 'Change display name, contacts, or the name in certificates while there are none',
        tags,
        params: OrganizationParam,
        body: OrganizationPatch,
        response: responses(
          { 200: OrganizationResponse },
          'invalid',
          'unauthorized',
          'not_approved',
          'not_found',
          'conflicting',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      organization: await changeOrganization(context, request.requester, request.params.name, request.body),
    }),
  );
  app.post(
    '/organizations/by-name/:name/merge',
    {
      config: { operation: 'organizations.merge' },
      schema: {
        summary: 'Move users, sites and invitations to another organization, and remove this one',
        description:
          'Needs a log-in or confirmation of the last 5 minutes. Refused while certificates carry its name.',
        tags,
        params: OrganizationParam,
        body: OrganizationMerge,
        response: responses(
          { 200: OrganizationResponse },
          'invalid',
          'unauthorized',
          'not_approved',
          'confirmation_required',
          'not_found',
          'conflicting',
        ),
      },
    },
    async (request) => {
      const { name } = request.params;
      const { into } = request.body;
      return { status: 'ok', organization: await mergeOrganization(context, request.requester, name, into) };
    },
  );
};
