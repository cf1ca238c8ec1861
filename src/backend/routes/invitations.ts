import {
  InvitationCheck,
  InvitationCheckResponse,
  InvitationParam,
  InvitationRenew,
  InvitationsCreate,
  InvitationsResponse,
  NewInvitationsResponse,
} from '../../contract/api/invitation.ts';
import { ListQuery, StatusResponse } from '../../contract/api/response.ts';
import { PEOPLE_COLUMNS, PeopleImport, PeopleImportResponse } from '../../contract/api/table-import.ts';
import type { Routes } from '../http/app-types.ts';
import { responses } from '../http/responses.ts';
import { checkInvitation } from '../services/invitations/accept-invitation.ts';
import { importPeople } from '../services/imports/import-people.ts';
import {
  findInvitations,
  invite,
  renewInvitation,
  revokeInvitation,
} from '../services/invitations/invitations.ts';

const tags = ['invitations'];

/** /invitations: sign-up links that are approved in advance */
export const invitationRoutes: Routes = (app, context) => {
  app.get(
    '/invitations',
    {
      config: { operation: 'invitations.list' },
      schema: {
        summary: 'List invitations',
        tags,
        querystring: ListQuery,
        response: responses({ 200: InvitationsResponse }, 'invalid', 'unauthorized'),
      },
    },
    async (request) => ({
      status: 'ok',
      ...(await findInvitations(context, request.requester, request.query)),
    }),
  );
  app.post(
    '/invitations',
    {
      config: { operation: 'invitations.create' },
      schema: {
        summary: 'Invite people',
        description: 'Whoever signs up with the link `/sign-up#invitation=TOKEN` is approved at once.',
        tags,
        body: InvitationsCreate,
        response: responses({ 201: NewInvitationsResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send({ status: 'ok', invitations: await invite(context, request.requester, request.body) }),
  );
  app.post(
    '/invitations/import',
    {
      config: { operation: 'invitations.create' },
      schema: {
        summary: 'Invite the people of a table, all or none',
        description: `Columns: ${PEOPLE_COLUMNS.join(', ')}. A line is named by its number in the file, as in \`lines.3.email\`.`,
        tags,
        body: PeopleImport,
        response: responses({ 200: PeopleImportResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request) => ({
      status: 'ok',
      imported: !request.body.dry_run,
      ...(await importPeople(context, request.requester, request.body)),
    }),
  );
  app.post(
    '/invitations/:id/renew',
    {
      config: { operation: 'invitations.create' },
      schema: {
        summary: 'Give an invitation another link and more time',
        tags,
        params: InvitationParam,
        body: InvitationRenew,
        response: responses(
          { 200: NewInvitationsResponse },
          'invalid',
          'unauthorized',
          'not_found',
          'conflicting',
        ),
      },
    },
    async (request) => {
      const { id } = request.params;
      const days = request.body.expires_in_days;
      return { status: 'ok', invitations: [await renewInvitation(context, request.requester, id, days)] };
    },
  );
  app.delete(
    '/invitations/:id',
    {
      config: { operation: 'invitations.revoke' },
      schema: {
        summary: 'Revoke an invitation',
        tags,
        params: InvitationParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'not_found'),
      },
    },
    async (request) => {
      await revokeInvitation(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
  app.post(
    '/invitations/check',
    {
      config: { operation: 'users.sign_up' },
      schema: {
        summary: 'Whom a link invites',
        tags,
        body: InvitationCheck,
        response: responses({ 200: InvitationCheckResponse }, 'invalid'),
      },
    },
    async (request) => ({ status: 'ok', ...(await checkInvitation(context, request.body.token)) }),
  );
};
