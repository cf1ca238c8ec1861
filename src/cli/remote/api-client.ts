import type { z } from 'zod';
import { ErrorResponse } from '../../contract/api/response.ts';
import type { CliError } from '../errors/cli-error.ts';
import { REMOTE_ERRORS } from './remote-errors.ts';
import { requestBackend, type BackendResponse, type Trust } from '../backend/request.ts';

/** A dashboard and who calls it. */
export interface Connection {
  readonly origin: string;
  readonly trust: Trust;
  readonly token: string | undefined;
}

/** One call; `path` is below the API prefix. */
export interface ApiCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

const ADVICE: Readonly<Record<string, string>> = {
  unauthenticated: 'The access token has expired or was revoked: run `dashboard login`.',
  unauthorized: 'Use an access token of somebody who may do this, with the scope it needs.',
  conflicting: 'Look at the present state with `dashboard export`, then try again.',
  project_frozen: 'In a frozen project, servers change with `dashboard reissue`.',
  changed: 'Look at what it is now, then try again.',
  project_not_frozen: 'Freeze the project first: dashboard project freeze.',
  sealed: 'Give the passphrase first: dashboard unseal.',
};

const refusal = ({ status, json }: BackendResponse): CliError => {
  const parsed = ErrorResponse.safeParse(json);
  if (!parsed.success) {
    return REMOTE_ERRORS.refused({
      message: `HTTP ${status}`,
      advice: 'Check that the address is a dashboard.',
    });
  }
  const { code, message, fields } = parsed.data;
  const details = (fields ?? []).map((field) => `${field.path} ${field.message}`);
  return REMOTE_ERRORS.refused(
    { message: message.replace(/\.$/, ''), advice: ADVICE[code] ?? 'Correct the input and try again.' },
    { lines: details.length > 1 ? details : [] },
  );
};

/** Returns a response that is no refusal. @throws CliError `api_refused` */
export const accepted = (response: BackendResponse): BackendResponse => {
  if (response.status >= 200 && response.status < 300) {
    return response;
  }
  throw refusal(response);
};

/** The API of a running dashboard. */
export class ApiClient {
  readonly #connection: Connection;
  readonly #signal: AbortSignal;

  constructor(connection: Connection, signal: AbortSignal) {
    this.#connection = connection;
    this.#signal = signal;
  }

  get origin(): string {
    return this.#connection.origin;
  }

  /** Calls the API and reads its response. @throws CliError `unreachable`, `api_refused` */
  async call<T extends z.ZodType>(schema: T, request: ApiCall): Promise<z.infer<T>> {
    return schema.parse((await this.exchange(request)).json);
  }

  /** Calls the API for something other than JSON. @throws CliError as {@link call} */
  async exchange(request: ApiCall): Promise<BackendResponse> {
    return accepted(await this.attempt(request));
  }

  /** Calls the API and returns refusals as well. @throws CliError `unreachable` */
  async attempt({ method = 'GET', path, body }: ApiCall): Promise<BackendResponse> {
    const { origin, trust, token } = this.#connection;
    return requestBackend({
      origin,
      path: `${new URL(origin).pathname.replace(/\/$/, '')}/api/v1${path}`,
      trust,
      method,
      ...(token === undefined ? {} : { token }),
      ...(body === undefined ? {} : { body }),
      signal: this.#signal,
    }).catch((error: unknown) => {
      this.#signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw REMOTE_ERRORS.unreachable({ url: origin, reason }, { cause: error });
    });
  }
}
