import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import {
  BROWSER_COOKIE,
  PAGE_HEADER,
  SESSION_COOKIE,
  UNATTENDED_HEADER,
} from '../../../contract/wire-headers.ts';
import type { App } from '../app-types.ts';
import { clientAddress } from '../client-address.ts';
import { cookiePlace } from '../cookie-place.ts';
import { markedBrowser } from '../../auth/browser-mark.ts';
import { cookieName, cookieOf } from '../../auth/cookie.ts';
import { requireEnrolment } from '../../auth/factor-enrolment.ts';
import { requireOwnPassword } from '../../auth/password-change.ts';
import { identifier } from '../../auth/identify.ts';
import { acceptedLanguage } from '../../mail/mail-texts.ts';
import type { ServiceContext } from '../../context/context.ts';
import { sessionRenewal } from '../../services/sessions/renew-session.ts';

const BEARER = /^bearer +(\S+)$/i;

/** Bearer token, or, for our page only (it sends a header no foreign page can), the session cookie. */
const tokenOf = (headers: {
  readonly authorization?: string | undefined;
  readonly session: string | undefined;
  readonly page: boolean;
}): string | undefined => {
  const bearer = BEARER.exec(headers.authorization?.trim() ?? '')?.[1];
  return bearer ?? (headers.page ? headers.session : undefined);
};

/** From the page itself or typed by the person, as far as the browser says so (Fetch Metadata). */
const OWN_SITE: readonly unknown[] = [undefined, 'same-origin', 'none'];

/**
 * Sets `request.requester`, before the body is read and again once it is there, since it may come much later. A bad
 * token counts as none; whether one is needed is for the services to say.
 */
export const authenticationPlugin = fastifyPlugin((app: App, context: ServiceContext, done) => {
  const identify = identifier(context.db, { key: context.tokenKey, audience: context.auditKey.id });
  const authenticate = async (request: FastifyRequest): Promise<void> => {
    const { authorization, cookie } = request.headers;
    const place = cookiePlace(request);
    const read = (base: string) =>
      cookie === undefined ? undefined : cookieOf(cookie, cookieName(base, context.tokenKey, place));
    const token = tokenOf({
      authorization,
      session: read(SESSION_COOKIE),
      page:
        request.headers[PAGE_HEADER] !== undefined && OWN_SITE.includes(request.headers['sec-fetch-site']),
    });
    const principal = token === undefined ? undefined : await identify(token, context.now());
    request.requester = {
      principal,
      address: clientAddress(request),
      browser: (account) => markedBrowser(context.tokenKey, read(BROWSER_COOKIE), account),
      language: acceptedLanguage(request.headers['accept-language']),
      requestId: request.id,
      unattended: request.headers[UNATTENDED_HEADER] !== undefined,
    };
  };
  const renew = sessionRenewal(context);
  app.addHook('onRequest', async (request) => {
    await authenticate(request);
    const { principal, unattended } = request.requester;
    if (principal === undefined) {
      return;
    }
    const { operation } = request.routeOptions.config;
    if (operation !== undefined) {
      requireOwnPassword(principal, operation);
      requireEnrolment(principal, operation);
    }
    if (!unattended) {
      void renew(principal);
    }
  });
  app.addHook('preHandler', async (request) => {
    if (request.body !== undefined) {
      await authenticate(request);
    }
  });
  done();
});
