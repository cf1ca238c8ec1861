import { HealthResponse, ReadyResponse } from '../../contract/api/session.ts';
import { ErrorResponse } from '../../contract/api/response.ts';
import { requestBackend } from './request.ts';

const ATTEMPT_MS = 2000;

const shortly = (signal: AbortSignal): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]);

/**
 * One question to the health check.
 *
 * @param foreign true for another program's image, of which any response counts
 */
export const isHealthy = async (origin: string, foreign: boolean, signal: AbortSignal): Promise<boolean> => {
  try {
    const path = foreign ? '/' : '/health';
    const { status, json } = await requestBackend({
      origin,
      path,
      trust: 'anybody',
      signal: shortly(signal),
    });
    return foreign ? status > 0 && status < 500 : status === 200 && HealthResponse.safeParse(json).success;
  } catch {
    // Not there yet is the expected response of something that is starting.
    return false;
  }
};

/** Describes what the backend says of itself. */
export interface BackendCondition {
  readonly version: string;
  readonly sealed: boolean;
  readonly frozen: boolean;
  /** Lines in which its start warned. */
  readonly warnings: number;
}

/** Undefined when nothing responds there, or not a dashboard. */
export const askCondition = async (
  origin: string,
  signal: AbortSignal,
): Promise<BackendCondition | undefined> => {
  const ask = async (path: string): Promise<unknown> =>
    (await requestBackend({ origin, path, trust: 'anybody', signal: shortly(signal) })).json;
  try {
    const [health, ready] = await Promise.all([ask('/health'), ask('/ready')]);
    const { version } = HealthResponse.parse(health);
    const { sealed, frozen, warnings = 0 } = ReadyResponse.parse(ready);
    return { version, sealed, frozen, warnings };
  } catch {
    return undefined;
  }
};

/** Why a dashboard cannot work, as its readiness says. */
export interface BackendTrouble {
  /** Of the API, such as `database_moved`. */
  readonly code: string;
  readonly message: string;
}

/** Undefined when it can work, or when nothing responds there. */
export const askTrouble = async (
  origin: string,
  signal: AbortSignal,
): Promise<BackendTrouble | undefined> => {
  try {
    const { status, json } = await requestBackend({
      origin,
      path: '/ready',
      trust: 'anybody',
      signal: shortly(signal),
    });
    return status === 503 ? ErrorResponse.parse(json) : undefined;
  } catch {
    return undefined;
  }
};
