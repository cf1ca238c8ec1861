import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  LoginOptionsResponse,
  SsoCallbackQuery,
  SsoDenialResponse,
  SsoStartRequest,
  SsoStartResponse,
} from '../../contract/api/single-sign-on.ts';
import { StatusResponse } from '../../contract/api/response.ts';
import type { SsoOutcome } from '../../contract/sso-outcomes.ts';
import { SESSION_COOKIE, SSO_COOKIE } from '../../contract/wire-headers.ts';
import { cookieName, cookiesLike, setCookie, type CookiePlace } from '../auth/cookie.ts';
import type { ServiceContext } from '../context/context.ts';
import { cookiePlace } from '../http/cookie-place.ts';
import { ownAddress } from '../http/own-address.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { finishSso } from '../services/single-sign-on/finish-sso.ts';
import { providerOf, startLink, startSso, type SsoPlace } from '../services/single-sign-on/start-sso.ts';
import { findDenial } from '../services/request-messages/request-messages.ts';
import { unlinkSso } from '../services/single-sign-on/unlink-sso.ts';
import { DENIAL_SECONDS, openDenial, sealDenial } from '../sso/denial-cookie.ts';
import { SSO_CALLBACK } from '../sso/sso-callback.ts';
import { SsoError } from '../sso/sso-error.ts';
import { openState, SSO_SECONDS, type SsoState } from '../sso/sso-state.ts';

const FAILED = { outcome: 'failed', challenge: undefined } as const;

/** The cookie of a log-in under way comes back from another site, so that it cannot be a strict one. */
const stateCookie = (tokenKey: Uint8Array, place: CookiePlace, value: string, seconds: number): string =>
  setCookie(cookieName(SSO_COOKIE, tokenKey, place), value, seconds, place).replace(
    'SameSite=Strict',
    'SameSite=Lax',
  );

const placeOf = (context: ServiceContext, request: FastifyRequest): SsoPlace => ({
  redirectUri: `${ownAddress(context, request)}${SSO_CALLBACK}`,
  path: cookiePlace(request).path,
});

/** The cookie's name depends on the path, which only the page knew: each that can be opened is the dashboard's own. */
const stateOf = (context: ServiceContext, request: FastifyRequest, sent?: string): SsoState | undefined => {
  const states = cookiesLike(request.headers.cookie, SSO_COOKIE)
    .map((cookie) => openState(context.tokenKey, cookie, context.now()))
    .filter((state) => state !== undefined);
  return states.find(({ state }) => state === sent) ?? states[0];
};

/** Single sign-on with an OpenID provider: /login/options, /login/sso, /login/sso/callback, /sso/link */
export const singleSignOnRoutes: Routes = (app, context) => {
  const tags = ['session'];
  app.get(
    '/login/options',
    {
      config: { operation: 'session.open' },
      schema: { summary: 'How people can log in', tags, response: responses({ 200: LoginOptionsResponse }) },
    },
    () => ({
      status: 'ok',
      provider: context.provider?.host ?? null,
      local_passwords: context.config.localPasswords !== false,
    }),
  );
  app.post(
    '/login/sso',
    {
      config: { operation: 'session.open' },
      schema: {
        summary: 'Begin a log-in at the identity provider',
        description: 'Responds with where the browser goes, and with the cookie that it has to bring back.',
        tags,
        body: SsoStartRequest,
        response: responses({ 200: SsoStartResponse }, 'invalid', 'not_found'),
      },
    },
    async (request, reply) => {
      const started = await startSso(context, placeOf(context, request), request.body);
      const cookie = stateCookie(context.tokenKey, cookiePlace(request), started.cookie, SSO_SECONDS);
      reply.header('set-cookie', cookie);
      return { status: 'ok', location: started.location };
    },
  );
  app.post(
    '/sso/link',
    {
      config: { operation: 'sso.link' },
      schema: {
        summary: 'Begin to connect the own account with the identity provider',
        description: 'Needs a log-in or confirmation of the last 5 minutes.',
        tags,
        response: responses({ 200: SsoStartResponse }, 'confirmation_required', 'not_found'),
      },
    },
    async (request, reply) => {
      const started = await startLink(context, request.requester, placeOf(context, request));
      const cookie = stateCookie(context.tokenKey, cookiePlace(request), started.cookie, SSO_SECONDS);
      reply.header('set-cookie', cookie);
      return { status: 'ok', location: started.location };
    },
  );
  app.delete(
    '/sso/link',
    {
      config: { operation: 'sso.unlink' },
      schema: {
        summary: 'Disconnect the own account from the identity provider',
        description: 'Needs a password that works here, and a log-in or confirmation of the last 5 minutes.',
        tags,
        response: responses({ 200: StatusResponse }, 'confirmation_required', 'not_found', 'conflicting'),
      },
    },
    async (request) => {
      await unlinkSso(context, request.requester);
      return { status: 'ok' };
    },
  );
  app.get(
    '/login/sso/denial',
    {
      config: { operation: 'session.open' },
      schema: {
        summary: 'Why the log-in at the identity provider was denied',
        description:
          'For the browser that has just come back from there, within 5 minutes. The challenge is for POST /login/ask-again.',
        tags,
        response: responses({ 200: SsoDenialResponse }, 'not_found'),
      },
    },
    async (request) => {
      const [challenge] = cookiesLike(request.headers.cookie, SSO_COOKIE)
        .map((cookie) => openDenial(context.tokenKey, cookie))
        .filter((opened) => opened !== undefined);
      return { status: 'ok', ...(await findDenial(context, challenge)) };
    },
  );
  app.get(
    '/login/sso/callback',
    {
      config: { operation: 'session.open' },
      schema: {
        summary: 'Where the identity provider sends the browser back to',
        description: 'Always redirects to the page; `sso` in its address says how it ended.',
        tags,
        querystring: SsoCallbackQuery,
        response: responses({ 303: z.string() }, 'invalid', 'not_found'),
      },
    },
    async (request, reply) => {
      const provider = providerOf(context);
      const state = stateOf(context, request, request.query.state);
      const path = state?.path ?? '/';
      const place = { secure: request.protocol === 'https', path };
      const cookies = [stateCookie(context.tokenKey, place, '', 0)];
      const base = path === '/' ? '' : path;
      const leave = (outcome: SsoOutcome, returnTo: string) =>
        reply.header('set-cookie', cookies).redirect(`${base}${returnTo}?sso=${outcome}`, 303);
      try {
        if (state === undefined) {
          throw new SsoError('state');
        }
        const [, query = ''] = request.originalUrl.split('?', 2);
        const finished = await finishSso(context, request.requester, {
          provider,
          state,
          address: new URL(`${state.redirectUri}?${query}`),
          userAgent: request.headers['user-agent'],
        });
        if ('linked' in finished) {
          return await leave('linked', state.returnTo);
        }
        const { token, seconds } = finished.opened;
        cookies.push(setCookie(cookieName(SESSION_COOKIE, context.tokenKey, place), token, seconds, place));
        return await leave('ok', state.returnTo);
      } catch (error) {
        const { outcome, challenge } = error instanceof SsoError ? error : FAILED;
        if (challenge !== undefined) {
          const sealed = sealDenial(context.tokenKey, challenge);
          cookies.splice(0, 1, stateCookie(context.tokenKey, place, sealed, DENIAL_SECONDS));
        }
        context.log.warn({ code: 'ssoFailed', outcome, err: error }, 'a log-in at the provider failed');
        return leave(outcome, state !== undefined && state.links !== '' ? state.returnTo : '/');
      }
    },
  );
};
