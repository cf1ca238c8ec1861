import { PasskeyRequestResponse } from '../../contract/api/passkey.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import { ConfirmRequest, SessionParam, SessionsResponse } from '../../contract/api/session.ts';
import { relyingPartyOf } from '../http/relying-party.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import {
  beginConfirmation,
  confirmPassword,
  endOtherSessions,
  endSession,
  listSessions,
} from '../services/sessions/own-sessions.ts';

/** /sessions: the requester's own, and the confirmation of the password */
export const ownSessionRoutes: Routes = (app, context) => {
  const tags = ['session'];
  app.get(
    '/sessions',
    {
      config: { operation: 'session.list' },
      schema: { summary: 'Own open sessions', tags, response: responses({ 200: SessionsResponse }) },
    },
    async (request) => ({ status: 'ok', sessions: await listSessions(context, request.requester) }),
  );
  app.delete(
    '/sessions/:id',
    {
      config: { operation: 'session.close' },
      schema: {
        summary: 'End one of the own sessions',
        tags,
        params: SessionParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'not_found'),
      },
    },
    async (request) => {
      await endSession(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
  app.delete(
    '/sessions',
    {
      config: { operation: 'session.close' },
      schema: {
        summary: 'End all own sessions but this one',
        tags,
        response: responses({ 200: StatusResponse }),
      },
    },
    async (request) => {
      await endOtherSessions(context, request.requester);
      return { status: 'ok' };
    },
  );
  app.post(
    '/sessions/confirm',
    {
      config: { operation: 'session.confirm' },
      schema: {
        summary: 'Give the password again, and the second factor where there is one',
        description:
          'Needed after 403 `confirmation_required`: a log-in or confirmation counts for 5 minutes, for kits of others 30 minutes.',
        tags,
        body: ConfirmRequest,
        response: responses({ 200: StatusResponse }, 'invalid'),
      },
    },
    async (request) => {
      await confirmPassword(context, request.requester, request.body, relyingPartyOf(context, request));
      return { status: 'ok' };
    },
  );
  app.post(
    '/sessions/confirm/passkey',
    {
      config: { operation: 'session.confirm' },
      schema: {
        summary: 'Begin a confirmation with a passkey besides the password',
        description:
          'Returns the options for the browser; they count once, within 5 minutes, for this session.',
        tags,
        response: responses({ 200: PasskeyRequestResponse }, 'not_found', 'conflicting'),
      },
    },
    async (request) => {
      const party = relyingPartyOf(context, request);
      return { status: 'ok', options: await beginConfirmation(context, request.requester, party) };
    },
  );
};
