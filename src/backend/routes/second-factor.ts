import { IdParam, StatusResponse } from '../../contract/api/response.ts';
import {
  CodeRequest,
  RecoveryCodesResponse,
  SecondFactorResponse,
  TotpSecretResponse,
} from '../../contract/api/second-factor.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { describeFactors, resetFactors } from '../services/second-factor/second-factor.ts';
import {
  beginTotp,
  confirmTotpEnrolment,
  removeTotp,
  renewRecoveryCodes,
} from '../services/second-factor/totp-enrolment.ts';

/** /second-factor: the requester's own; /users/{id}/second-factor: reset by a project admin */
export const secondFactorRoutes: Routes = (app, context) => {
  const tags = ['second factor'];
  const config = { operation: 'second_factor.change' } as const;
  app.get(
    '/second-factor',
    {
      config: { operation: 'second_factor.read' },
      schema: { summary: 'Own second factor', tags, response: responses({ 200: SecondFactorResponse }) },
    },
    async (request) => ({ status: 'ok', ...(await describeFactors(context, request.requester)) }),
  );
  app.post(
    '/second-factor/totp',
    {
      config,
      schema: {
        summary: 'Generate the secret of an authenticator app (RFC 6238)',
        description:
          'Needs a log-in or confirmation of the last 5 minutes. The secret is shown once and counts after POST /second-factor/totp/confirm.',
        tags,
        response: responses({ 200: TotpSecretResponse }, 'confirmation_required', 'conflicting'),
      },
    },
    async (request) => ({ status: 'ok', ...(await beginTotp(context, request.requester)) }),
  );
  app.post(
    '/second-factor/totp/confirm',
    {
      config,
      schema: {
        summary: 'Confirm the authenticator app by a code',
        description: 'From then on log-ins ask for a code. The recovery codes are shown once.',
        tags,
        body: CodeRequest,
        response: responses(
          { 200: RecoveryCodesResponse },
          'invalid',
          'confirmation_required',
          'not_found',
          'conflicting',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      recovery_codes: [...(await confirmTotpEnrolment(context, request.requester, request.body.code))],
    }),
  );
  app.delete(
    '/second-factor/totp',
    {
      config,
      schema: {
        summary: 'Remove the own authenticator app',
        description: 'Needs a log-in or confirmation of the last 5 minutes.',
        tags,
        response: responses({ 200: StatusResponse }, 'confirmation_required', 'not_found'),
      },
    },
    async (request) => {
      await removeTotp(context, request.requester);
      return { status: 'ok' };
    },
  );
  app.post(
    '/second-factor/recovery-codes',
    {
      config,
      schema: {
        summary: 'Replace the recovery codes',
        description: 'Needs a log-in or confirmation of the last 5 minutes. The codes are shown once.',
        tags,
        response: responses({ 200: RecoveryCodesResponse }, 'confirmation_required', 'not_found'),
      },
    },
    async (request) => ({
      status: 'ok',
      recovery_codes: [...(await renewRecoveryCodes(context, request.requester))],
    }),
  );
  app.delete(
    '/users/:id/second-factor',
    {
      config: { operation: 'users.reset_second_factor', target: 'account' },
      schema: {
        summary: 'Remove the second factor of somebody who lost it',
        description: 'Needs a log-in or confirmation of the last 5 minutes. Ends that account’s sessions.',
        tags,
        params: IdParam,
        response: responses(
          { 200: StatusResponse },
          'invalid',
          'unauthorized',
          'not_approved',
          'confirmation_required',
          'not_found',
        ),
      },
    },
    async (request) => {
      await resetFactors(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
};
