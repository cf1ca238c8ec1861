import fastifyPlugin from 'fastify-plugin';
import { IdParam } from '../../contract/api/response.ts';
import { authorize, authorizeAny } from '../auth/authorization.ts';
import type { ServiceContext } from '../context/context.ts';
import type { App } from '../http/app-types.ts';
import { siteFor } from '../services/sites/sites.ts';

/**
 * Refuses a request before its body is read and its input checked: for want of a session, by role, or by the account
 * or site in its address. Services authorize again where they write.
 */
export const earlyAuthorizationPlugin = fastifyPlugin((app: App, context: ServiceContext, done) => {
  app.addHook('onRequest', async ({ requester, params, routeOptions: { config } }) => {
    const { operation, target } = config;
    if (operation === undefined) {
      return;
    }
    const { principal } = requester;
    const id = IdParam.safeParse(params).data?.id;
    if (target === 'account') {
      authorize(principal, operation, principal?.id === id ? 'own' : 'foreign');
    } else if (target === 'site' && id !== undefined && principal !== undefined) {
      await siteFor(context.db.reader, principal, operation, id);
    } else {
      authorizeAny(principal, operation);
    }
  });
  done();
});
