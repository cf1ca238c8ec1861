import type { FastifyReply, FastifyRequest } from 'fastify';
import { LoginStepRequest } from '../../contract/api/second-factor.ts';
import { LoginResponse, LoginRequest } from '../../contract/api/login.ts';
import { OwnDataResponse } from '../../contract/api/own-data.ts';
import { PasskeyChallengeRequest, PasskeyRequestResponse } from '../../contract/api/passkey.ts';
import { LogoutResponse, MeResponse } from '../../contract/api/session.ts';
import { BROWSER_COOKIE, PAGE_HEADER, SESSION_COOKIE } from '../../contract/wire-headers.ts';
import { cookiePlace } from '../http/cookie-place.ts';
import { ownAddress } from '../http/own-address.ts';
import { relyingPartyOf } from '../http/relying-party.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { browserMark } from '../auth/browser-mark.ts';
import { cookieName, setCookie } from '../auth/cookie.ts';
import {
  beginPasskeyLogin,
  closeSession,
  describeSession,
  finishLogin,
  openSession,
  type LoginDevice,
} from '../services/sessions/sessions.ts';
import { collectOwnData } from '../services/users/own-data.ts';
import type { OpenedSession } from '../services/sessions/store-session.ts';

const MARK_SECONDS = 180 * 24 * 60 * 60;

/** POST /login, POST /login/second-factor, POST /login/second-factor/passkey, POST /logout, GET /me, GET /me/export */
export const sessionRoutes: Routes = (app, context) => {
  const cookie = (request: FastifyRequest, base: string, value: string, seconds: number): string => {
    const place = cookiePlace(request);
    return setCookie(cookieName(base, context.tokenKey, place), value, seconds, place);
  };
  const deviceOf = (request: FastifyRequest): LoginDevice => ({
    userAgent: request.headers['user-agent'],
    party: relyingPartyOf(context, request),
  });
  const loggedIn = (request: FastifyRequest, reply: Pick<FastifyReply, 'header'>, opened: OpenedSession) => {
    const body = { status: 'ok', user: opened.user, must_change_password: opened.mustChangePassword };
    if (request.headers[PAGE_HEADER] !== undefined) {
      const mark = browserMark(context.tokenKey, opened.user.email);
      reply.header('set-cookie', [
        cookie(request, SESSION_COOKIE, opened.token, opened.seconds),
        cookie(request, BROWSER_COOKIE, mark, MARK_SECONDS),
      ]);
      return body;
    }
    return { ...body, access_token: opened.token };
  };
  app.post(
    '/login',
    {
      config: { operation: 'session.open' },
      schema: {
        summary: 'Log in',
        description:
          'Responds with 401 `unauthenticated` alike for an unknown e-mail and a wrong password. Whoever proves the password of a denied account gets 401 `denied` with the `reason` and a `challenge` for POST /login/ask-again, and whoever proves that of an account with a second factor 401 `second_factor_required` with a `challenge` for POST /login/second-factor.',
        tags: ['session'],
        body: LoginRequest,
        response: responses({ 200: LoginResponse }, 'unauthorized'),
      },
    },
    async (request, reply) => {
      const opened = await openSession(context, request.requester, request.body, deviceOf(request));
      return loggedIn(request, reply, opened);
    },
  );
  app.post(
    '/login/second-factor',
    {
      config: { operation: 'session.open' },
      schema: {
        summary: 'Finish a log-in by the second factor',
        description:
          'With the `challenge` of POST /login and a code of the authenticator app, a recovery code, or the signature of a passkey. 401 `unauthenticated` means to begin again.',
        tags: ['session'],
        body: LoginStepRequest,
        response: responses({ 200: LoginResponse }, 'invalid', 'conflicting'),
      },
    },
    async (request, reply) => {
      const opened = await finishLogin(context, request.requester, request.body, deviceOf(request));
      return loggedIn(request, reply, opened);
    },
  );
  app.post(
    '/login/second-factor/passkey',
    {
      config: { operation: 'session.open' },
      schema: {
        summary: 'Begin to finish a log-in by a passkey',
        description:
          'Returns the options for the browser; they count once, within 5 minutes, for this log-in.',
        tags: ['session'],
        body: PasskeyChallengeRequest,
        response: responses({ 200: PasskeyRequestResponse }, 'invalid', 'not_found', 'conflicting'),
      },
    },
    async (request) => {
      const party = relyingPartyOf(context, request);
      return { status: 'ok', options: await beginPasskeyLogin(context, request.body.challenge, party) };
    },
  );
  app.post(
    '/logout',
    {
      config: { operation: 'session.close' },
      schema: { summary: 'Log out', tags: ['session'], response: responses({ 200: LogoutResponse }) },
    },
    async (request, reply) => {
      const idToken = await closeSession(context, request.requester);
      reply.header('clear-site-data', '"cache"');
      reply.header('set-cookie', cookie(request, SESSION_COOKIE, '', 0));
      const after = `${ownAddress(context, request)}/`;
      const location = idToken === '' ? undefined : await context.provider?.logoutAddress(idToken, after);
      return { status: 'ok', ...(location === undefined ? {} : { location }) };
    },
  );
  app.get(
    '/me',
    {
      config: { operation: 'me.read' },
      schema: { summary: 'Who am I', tags: ['session'], response: responses({ 200: MeResponse }) },
    },
    async (request) => {
      const me = await describeSession(context, request.requester);
      return {
        status: 'ok',
        user: me.user,
        must_change_password: me.mustChangePassword,
        second_factor: me.secondFactor,
        external: me.external,
        connected: me.connected,
        expires_in: me.expiresIn,
        max_expires_in: me.maxExpiresIn,
      };
    },
  );
  app.get(
    '/me/export',
    {
      config: { operation: 'me.export' },
      schema: {
        summary: 'Everything kept about oneself, but secrets and the audit log',
        tags: ['session'],
        response: responses({ 200: OwnDataResponse }),
      },
    },
    async (request) => ({ status: 'ok', ...(await collectOwnData(context, request.requester)) }),
  );
};
