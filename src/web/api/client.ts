import createClient from 'openapi-fetch';
import { PAGE_HEADER } from '../../domain/wire-headers.ts';
import { problemOf, unreachable } from './problem.ts';
import type { paths } from './schema.d.ts';
import { sessionGate } from './session-gate.ts';

const ask = async (request: Request): Promise<Response> => {
  try {
    return await fetch(request);
  } catch (cause) {
    throw unreachable(cause);
  }
};

const opensSession = (request: Request): boolean => new URL(request.url).pathname.endsWith('/login');

const send = async (request: Request): Promise<Response> => {
  const again = request.clone();
  const response = await ask(request);
  if (response.status !== 401 || opensSession(request) || !sessionGate.isGuarding()) return response;
  return (await sessionGate.wait()) ? ask(again) : response;
};

/** The API as the page calls it: typed by the OpenAPI document, the session in a cookie. */
export const api = createClient<paths>({ headers: { [PAGE_HEADER]: '1' }, fetch: send });

interface Call<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The body of a call that went well.
 *
 * @throws Problem for every other answer
 */
export const answered = async <T>(call: Promise<Call<T>>): Promise<T> => {
  const { data, error, response } = await call;
  if (data === undefined) throw problemOf(error, response);
  return data;
};
