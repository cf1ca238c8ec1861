import { RootCaResponse, PassphraseRequest, UnsealRequest } from '../../contract/api/root-ca.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import { NOT_MODIFIED } from '../http/entity-tag.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { changePassphrase, describeRootCa, unsealRootCa } from '../services/root-ca/root-ca.ts';

/** The project's root CA: GET /ca, POST /unseal, POST /passphrase */
export const rootCaRoutes: Routes = (app, context) => {
  const tags = ['root-ca'];
  app.get(
    '/ca',
    {
      config: { operation: 'root_ca.read', entity: true },
      schema: {
        summary: "The root CA's certificate, fingerprint and end",
        tags,
        response: responses({ 200: RootCaResponse, 304: NOT_MODIFIED }, 'unauthorized', 'project_not_frozen'),
      },
    },
    async (request) => ({ status: 'ok', ...(await describeRootCa(context, request.requester)) }),
  );
  app.post(
    '/unseal',
    {
      config: { operation: 'root_ca.unseal' },
      schema: {
        summary: 'Open the sealed root key',
        tags,
        body: UnsealRequest,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request) => {
      await unsealRootCa(context, request.requester, request.body.passphrase);
      return { status: 'ok' };
    },
  );
  app.post(
    '/passphrase',
    {
      config: { operation: 'root_ca.passphrase' },
      schema: {
        summary: 'Put the root key under another passphrase',
        tags,
        body: PassphraseRequest,
        response: responses({ 200: StatusResponse }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request) => {
      await changePassphrase(context, request.requester, request.body.current, request.body.passphrase);
      return { status: 'ok' };
    },
  );
};
