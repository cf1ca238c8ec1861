import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { IdParam } from '../../../contract/api/response.ts';
import type { ApiError, ApiErrorCode, FieldCode } from '../../../contract/errors.ts';
import type { Attempts } from '../../auth/attempts.ts';
import type { Operation } from '../../auth/authorization.ts';
import { Budget } from '../../auth/budget.ts';
import type { App } from '../app-types.ts';
import { translateError } from '../translate-error.ts';

/** Refusals that say something about the requester, not about the input. */
const REFUSALS: ReadonlySet<ApiErrorCode> = new Set([
  'unauthorized',
  'not_approved',
  'confirmation_required',
  'password_change_required',
  'changed',
  'too_many_requests',
]);
/** Wrong secrets among otherwise valid input. */
const WRONG_SECRETS: ReadonlySet<FieldCode> = new Set([
  'wrong_password',
  'invitation_invalid',
  'link_invalid',
  'wrong_code',
  'code_used',
  'wrong_passkey',
  'passkey_copied',
]);

/** Reads of what belongs to other people. Kits and exports have rows of their own. */
const READS: ReadonlySet<Operation> = new Set([
  'users.list',
  'users.read',
  'inbox.read',
  'audit.read',
  'kits.list',
  'invitations.list',
]);
const HOUR_MS = 60 * 60 * 1000;
const MAX_PATH = 256;

const pathOf = (request: FastifyRequest): string => (request.url.split('?', 1)[0] ?? '').slice(0, MAX_PATH);

const isWrongSecret = ({ fields = [] }: ApiError): boolean =>
  fields.some(({ code }) => code !== undefined && WRONG_SECRETS.has(code));

const isRefusal = (request: FastifyRequest, error: ApiError): boolean => {
  if (error.code === 'unauthenticated') {
    // Whoever presents nothing has tried nothing; a page whose session has expired asks again and again.
    return /^(?:bearer|basic) +\S/i.test(request.headers.authorization ?? '');
  }
  return REFUSALS.has(error.code) || isWrongSecret(error);
};

/** Records in the audit log which requests were refused to whom, and who read other people's data. */
export const recordAttemptsPlugin = fastifyPlugin(
  (app: App, { attempts, now }: { readonly attempts: Attempts; readonly now: () => Date }, done) => {
    const reads = new Budget({ amount: 1, windowMs: HOUR_MS, gradual: false });
    app.addHook('onError', async (request, _reply, error) => {
      const { operation } = request.routeOptions.config;
      // A log-in records its own refusals, with the account.
      if (operation === undefined || operation === 'session.open') {
        return;
      }
      const refusal = translateError(error);
      if (!isRefusal(request, refusal)) {
        return;
      }
      const { code } = refusal;
      await attempts.note(request.requester, {
        action: 'request.refuse',
        target: operation,
        detail: { code: isWrongSecret(refusal) ? 'wrong_secret' : code, path: pathOf(request) },
      });
    });
    app.addHook('onResponse', async (request, reply) => {
      const { operation } = request.routeOptions.config;
      if (operation === undefined || !READS.has(operation) || reply.statusCode >= 300) {
        return;
      }
      const { principal } = request.requester;
      const isOwn = IdParam.safeParse(request.params).data?.id === principal?.id;
      if (principal === undefined || (operation === 'users.read' && isOwn)) {
        return;
      }
      const path = pathOf(request);
      const key = `${principal.session} ${path}`;
      const at = now().getTime();
      if (reads.waitMs(key, at) > 0) {
        return;
      }
      reads.spend(key, at);
      await attempts.note(request.requester, { action: 'data.read', target: operation, detail: { path } });
    });
    done();
  },
);
