import {
  PasskeyCreate,
  PasskeyCreatedResponse,
  PasskeyCreationResponse,
  PasskeyParam,
  PasskeyRename,
  PasskeyResponse,
} from '../../contract/api/passkey.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import type { Routes } from '../http/app-types.ts';
import { relyingPartyOf } from '../http/relying-party.ts';
import { responses } from '../http/responses.ts';
import { addPasskey, beginPasskey, namePasskey, removePasskey } from '../services/passkeys/passkeys.ts';

/** /second-factor/passkeys: the requester's own */
export const passkeyRoutes: Routes = (app, context) => {
  const tags = ['second factor'];
  const config = { operation: 'second_factor.change' } as const;
  app.post(
    '/second-factor/passkeys/challenge',
    {
      config,
      schema: {
        summary: 'Begin to create a passkey (WebAuthn)',
        description:
          'Needs a log-in or confirmation of the last 5 minutes. Returns the options for the browser; they count once, within 5 minutes, in this session.',
        tags,
        response: responses({ 200: PasskeyCreationResponse }, 'confirmation_required', 'conflicting'),
      },
    },
    async (request) => ({
      status: 'ok',
      options: await beginPasskey(context, request.requester, relyingPartyOf(context, request)),
    }),
  );
  app.post(
    '/second-factor/passkeys',
    {
      config,
      schema: {
        summary: 'Store the passkey that the browser created',
        description:
          'From then on log-ins ask for a second factor. Recovery codes are shown once, where the account had none.',
        tags,
        body: PasskeyCreate,
        response: responses(
          { 201: PasskeyCreatedResponse },
          'invalid',
          'confirmation_required',
          'conflicting',
        ),
      },
    },
    async (request, reply) => {
      const party = relyingPartyOf(context, request);
      const { passkey, codes } = await addPasskey(context, request.requester, request.body, party);
      return reply.code(201).send({ status: 'ok', passkey, recovery_codes: [...codes] });
    },
  );
  app.patch(
    '/second-factor/passkeys/:id',
    {
      config,
      schema: {
        summary: 'Rename an own passkey',
        tags,
        params: PasskeyParam,
        body: PasskeyRename,
        response: responses(
          { 200: PasskeyResponse },
          'invalid',
          'confirmation_required',
          'not_found',
          'conflicting',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      passkey: await namePasskey(context, request.requester, request.params.id, request.body.name),
    }),
  );
  app.delete(
    '/second-factor/passkeys/:id',
    {
      config,
      schema: {
        summary: 'Remove an own passkey',
        tags,
        params: PasskeyParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'confirmation_required', 'not_found'),
      },
    },
    async (request) => {
      await removePasskey(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
};
