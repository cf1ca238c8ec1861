import createClient from 'openapi-fetch';
import { PAGE_HEADER, UNATTENDED_HEADER } from '../../contract/wire-headers.ts';
import { isAttended } from './attendance.ts';
import { BASE } from './base.ts';
import { connection } from './connection.ts';
import { problemOf, unreachable } from './problem.ts';
import type { paths } from './schema.d.ts';
import { sendOnce } from './send-once.ts';
import { confirmationGate, sessionGate, type SessionGate } from './session-gate.ts';
import { sessionUse } from './session-use.ts';

/** Responses of a proxy whose server is down: bad gateway, gateway timeout. */
const PROXY_ALONE: ReadonlySet<number> = new Set([502, 504]);

const ask = async (request: Request): Promise<Response> => {
  const attended = isAttended();
  if (!attended) {
    request.headers.set(UNATTENDED_HEADER, '1');
  }
  try {
    const response = await fetch(request);
    connection.note(!PROXY_ALONE.has(response.status));
    if (attended && response.status !== 401) {
      sessionUse.note();
    }
    return response;
  } catch (error) {
    connection.note(false);
    throw unreachable(error);
  }
};

const isLogIn = ({ url }: Request): boolean => /\/login(\/second-factor)?$/.test(new URL(url).pathname);

const concernsSession = (request: Request): boolean =>
  isLogIn(request) || new URL(request.url).pathname.endsWith('/logout');

/** The gate that a refused call waits at; undefined for every other response. */
const gateOf = async (request: Request, response: Response): Promise<SessionGate | undefined> => {
  if (concernsSession(request)) {
    return undefined;
  }
  if (response.status === 401) {
    return sessionGate.isGuarding() ? sessionGate : undefined;
  }
  if (response.status !== 403) {
    return undefined;
  }
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  return problemOf(body, response).code === 'confirmation_required' ? confirmationGate : undefined;
};

const send = async (request: Request): Promise<Response> => {
  // The language chosen on the page, in which e-mails are written.
  request.headers.set('accept-language', document.documentElement.lang);
  const again = request.clone();
  const logIns = sessionGate.logIns();
  const response = await ask(request);
  if (response.ok && isLogIn(request)) {
    sessionGate.noteLogIn();
  }
  if (response.status === 401 && !concernsSession(request) && logIns !== sessionGate.logIns()) {
    return send(again);
  }
  const gate = await gateOf(request, response);
  if (gate === undefined) {
    return response;
  }
  return (await gate.wait()) ? send(again) : response;
};

/** The API as the page calls it: typed by the OpenAPI document, the session in a cookie. */
export const api = createClient<paths>({
  baseUrl: BASE,
  headers: { [PAGE_HEADER]: BASE === '' ? '/' : BASE },
  fetch: sendOnce(send),
});

interface Call<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The body of a call that went well.
 *
 * @throws Problem for every other response
 */
export const responseOf = async <T>(call: Promise<Call<T>>): Promise<T> => {
  const { data, error, response } = await call;
  if (data === undefined) {
    throw problemOf(error, response);
  }
  return data;
};
