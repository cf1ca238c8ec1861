import {
  EnrolmentResponse,
  EnrolmentSubmit,
  EnrolmentTokenCreate,
  EnrolmentTokenParam,
  EnrolmentTokenResponse,
  EnrolmentTokensResponse,
} from '../../contract/api/enrolment.ts';
import { RequestParam } from '../../contract/api/requests.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import type { Routes } from '../http/app-types.ts';
import { enrolmentSecret, requireEnrolmentSecret } from '../http/enrolment-secret.ts';
import { responses } from '../http/responses.ts';
import { openZip, sendZip } from '../http/zip-response.ts';
import { enrol, enrolledKit, getEnrolment } from '../services/enrolment/enrol.ts';
import { renew } from '../services/enrolment/renew.ts';
import {
  createEnrolmentToken,
  endToken,
  findEnrolmentTokens,
} from '../services/enrolment/enrolment-tokens.ts';

const tags = ['enrolment'];
/** Seconds after which it makes sense to ask again. */
const RETRY_SECONDS = 10;

/** /enrolment-tokens: what lets sites request their certificates themselves */
export const enrolmentTokenRoutes: Routes = (app, context) => {
  app.get(
    '/enrolment-tokens',
    {
      config: { operation: 'enrolment_tokens.list' },
      schema: {
        summary: 'List enrolment tokens',
        tags,
        response: responses({ 200: EnrolmentTokensResponse }, 'unauthorized', 'not_approved'),
      },
    },
    async (request) => ({
      status: 'ok',
      enrolment_tokens: await findEnrolmentTokens(context, request.requester),
    }),
  );
  app.post(
    '/enrolment-tokens',
    {
      config: { operation: 'enrolment_tokens.create' },
      schema: {
        summary: 'Generate an enrolment token',
        description: 'The token is shown once.',
        tags,
        body: EnrolmentTokenCreate,
        response: responses(
          { 201: EnrolmentTokenResponse },
          'invalid',
          'unauthorized',
          'not_approved',
          'confirmation_required',
          'conflicting',
        ),
      },
    },
    async (request, reply) => {
      const { enrolmentToken, token } = await createEnrolmentToken(context, request.requester, request.body);
      return reply.code(201).send({ status: 'ok', enrolment_token: enrolmentToken, token });
    },
  );
  app.delete(
    '/enrolment-tokens/:id',
    {
      config: { operation: 'enrolment_tokens.end' },
      schema: {
        summary: 'End an enrolment token; it stays in the list',
        tags,
        params: EnrolmentTokenParam,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'not_approved', 'not_found'),
      },
    },
    async (request) => {
      await endToken(context, request.requester, request.params.id);
      return { status: 'ok' };
    },
  );
};

/** /enrolments: requests of sites, with an enrolment token as bearer */
export const enrolmentRoutes: Routes = (app, context) => {
  app.post(
    '/enrolments',
    {
      config: { operation: 'enrolments.submit' },
      onRequest: requireEnrolmentSecret,
      schema: {
        summary: 'Request the certificate of a site with an enrolment token',
        description:
          'The enrolment token is the bearer. 201 has the certificate (or tells of a rejection); 202 means that the ' +
          'request waits, and its `Location` tells how far it is.',
        tags,
        body: EnrolmentSubmit,
        response: responses(
          { 201: EnrolmentResponse, 202: EnrolmentResponse },
          'invalid',
          'unauthorized',
          'conflicting',
          'not_found',
          'project_not_frozen',
          'sealed',
        ),
      },
    },
    async (request, reply) => {
      const secret = enrolmentSecret(request.headers.authorization);
      const bytes = Buffer.from(request.body.request, 'base64');
      const work = request.body.renew ? renew : enrol;
      const enrolment = await work(context, request.requester, secret, bytes);
      const waits = enrolment.state === 'pending';
      if (waits) {
        reply.header('retry-after', String(RETRY_SECONDS));
      }
      return reply
        .code(waits ? 202 : 201)
        .header('location', `${request.url.split('?', 1)[0] ?? ''}/${enrolment.id}`)
        .send({ status: 'ok', enrolment });
    },
  );
  app.get(
    '/enrolments/:id',
    {
      config: { operation: 'enrolments.read' },
      onRequest: requireEnrolmentSecret,
      schema: {
        summary: 'How far an enrolment is',
        tags,
        params: RequestParam,
        response: responses(
          { 200: EnrolmentResponse },
          'invalid',
          'unauthorized',
          'not_found',
          'conflicting',
        ),
      },
    },
    async (request) => ({
      status: 'ok',
      enrolment: await getEnrolment(
        context,
        request.requester,
        enrolmentSecret(request.headers.authorization),
        request.params.id,
      ),
    }),
  );
  app.get(
    '/enrolments/:id/kit.zip',
    {
      config: { operation: 'enrolments.read' },
      onRequest: requireEnrolmentSecret,
      schema: {
        summary: 'Startup kit of an enrolled site, without the key',
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
      const secret = enrolmentSecret(request.headers.authorization);
      return sendZip(reply, await enrolledKit(context, request.requester, secret, request.params.id));
    },
  );
};
