import { AuthorityAnswer, PassphraseRequest, UnsealRequest } from '../../domain/api/authority.ts';
import { StatusAnswer } from '../../domain/api/answer.ts';
import { answers } from '../answers.ts';
import type { Routes } from '../app-types.ts';
import { changePassphrase, describeAuthority, unsealAuthority } from '../services/authority.ts';

/** The project's root CA: GET /ca, POST /unseal, POST /passphrase */
export const authorityRoutes: Routes = (app, context) => {
  const tags = ['authority'];
  app.get(
    '/ca',
    {
      config: { operation: 'authority.read' },
      schema: {
        summary: "The root CA's certificate, fingerprint and end",
        tags,
        response: answers({ 200: AuthorityAnswer }, 'unauthorized', 'project_not_frozen'),
      },
    },
    async (request) => Promise.resolve({ status: 'ok', ...describeAuthority(context, request.asker) }),
  );
  app.post(
    '/unseal',
    {
      config: { operation: 'authority.unseal' },
      schema: {
        summary: 'Open the sealed root key',
        tags,
        body: UnsealRequest,
        response: answers({ 200: StatusAnswer }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request) => {
      await unsealAuthority(context, request.asker, request.body.passphrase);
      return { status: 'ok' };
    },
  );
  app.post(
    '/passphrase',
    {
      config: { operation: 'authority.passphrase' },
      schema: {
        summary: 'Put the root key under another passphrase',
        tags,
        body: PassphraseRequest,
        response: answers({ 200: StatusAnswer }, 'invalid', 'unauthorized', 'conflicting'),
      },
    },
    async (request) => {
      await changePassphrase(context, request.asker, request.body.current, request.body.passphrase);
      return { status: 'ok' };
    },
  );
};
