import { z } from 'zod';
import type { App, Routes } from '../http/app-types.ts';
import { enrolmentSecret, requireEnrolmentSecret } from '../http/enrolment-secret.ts';
import { responses } from '../http/responses.ts';
import { certsOnly } from '../../pki/certs-only.ts';
import { enrol } from '../services/enrolment/enrol.ts';
import { renew } from '../services/enrolment/renew.ts';
import { refusedRequest } from '../services/requests/refused-request.ts';
import { followStoredRoot } from '../services/root-ca/follow-stored-root.ts';
import { ApiError } from '../../contract/errors.ts';

const tags = ['enrolment'];
const RETRY_SECONDS = 60;
const LINE = /.{1,64}/g;
const DER_SEQUENCE = 0x30;
const CERTS_ONLY = 'application/pkcs7-mime; smime-type=certs-only';
const CHALLENGE = 'Basic realm="enrolment token as the password", charset="UTF-8"';

const Message = z.unknown().meta({ type: 'string', description: 'PKCS#7 in base64' });
const certificates = { content: { 'application/pkcs7-mime': { schema: Message } } };
const waiting = { description: 'Waits for approval', content: { 'text/plain': { schema: z.string() } } };
const Pkcs10 = z.instanceof(Buffer).meta({ type: 'string', description: 'PKCS#10 in base64' });

/** RFC 8951, 3.2: the body is base64, whatever Content-Transfer-Encoding says. */
const messageOf = (pem: string): string =>
  `${(certsOnly(pem).toString('base64').match(LINE) ?? []).join('\n')}\n`;

/** What base64 is, once its lines are joined; Node's decoder skips everything else and stops at the first "=". */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Many clients send DER or PEM instead of base64. */
const requestIn = (body: unknown): Buffer => {
  if (!Buffer.isBuffer(body)) {
    throw refusedRequest('the body is empty');
  }
  const text = body.toString('latin1').trim();
  if (body[0] === DER_SEQUENCE || text.startsWith('-----')) {
    return body;
  }
  const joined = text.replaceAll(/\s/g, '');
  if (!BASE64.test(joined)) {
    throw refusedRequest('it is not base64');
  }
  return Buffer.from(joined, 'base64');
};

const OPERATIONS = [
  { path: 'simpleenroll', summary: 'Request the certificate of a site (EST)', work: enrol },
  {
    path: 'simplereenroll',
    summary: 'Renew the certificate of a site that keeps its key (EST)',
    work: renew,
  },
] as const;

const addRequests = (app: App, context: Parameters<Routes>[1]): void => {
  for (const { path, summary, work } of OPERATIONS) {
    app.post(
      `/.well-known/est/${path}`,
      {
        config: { operation: 'enrolments.submit' },
        onRequest: requireEnrolmentSecret,
        schema: {
          summary,
          description:
            'HTTP Basic with an enrolment token as the password. 202: send the same request again.',
          tags,
          body: { content: { 'application/pkcs10': { schema: Pkcs10 } } },
          response: responses(
            { 200: certificates, 202: waiting },
            'invalid',
            'unauthorized',
            'not_approved',
            'conflicting',
            'not_found',
            'project_not_frozen',
            'sealed',
          ),
        },
      },
      async (request, reply) => {
        const { headers, body, requester } = request;
        const secret = enrolmentSecret(headers.authorization);
        const enrolment = await work(context, requester, secret, requestIn(body));
        if (enrolment.state === 'rejected') {
          throw new ApiError('unauthorized', `The request was rejected: ${enrolment.reason}`);
        }
        return enrolment.certificate === undefined
          ? reply.code(202).header('retry-after', String(RETRY_SECONDS)).type('text/plain').send('waits')
          : reply
              .type(CERTS_ONLY)
              .header('content-transfer-encoding', 'base64')
              .send(messageOf(enrolment.certificate));
      },
    );
  }
};

/** Enrolment over Secure Transport (RFC 7030), at /.well-known/est of the host. */
export const estRoutes: Routes = (app, context) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/pkcs10',
    { parseAs: 'buffer' },
    (_request, body: Buffer, done): void => {
      done(null, body);
    },
  );
  app.addContentTypeParser('*', (_request, _payload, done): void => {
    done(new ApiError('unsupported_media_type', 'Send the request with content type application/pkcs10.'));
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const coding = request.headers['content-encoding'] ?? 'identity';
    done(
      coding === 'identity'
        ? undefined
        : new ApiError('unsupported_media_type', 'Send the request without a content coding.'),
    );
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (reply.statusCode === 401) {
      reply.header('www-authenticate', CHALLENGE);
    }
    done(null, payload);
  });
  app.get(
    '/.well-known/est/cacerts',
    {
      config: { operation: 'est.read' },
      schema: {
        summary: 'Certificate of the root CA (EST)',
        tags,
        response: responses({ 200: certificates }, 'project_not_frozen'),
      },
    },
    async (_request, reply) => {
      const { root_chain: chain } = await followStoredRoot(context);
      const root = context.rootCa.stored() ?? context.rootCa.root();
      return reply
        .type(CERTS_ONLY)
        .header('content-transfer-encoding', 'base64')
        .send(messageOf(root.certificatePem + chain));
    },
  );
  addRequests(app, context);
};
