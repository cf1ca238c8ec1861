import { setTimeout as pause } from 'node:timers/promises';
import { ErrorResponse } from '../../contract/api/response.ts';
import { KIT_QUEUE, untilServed } from '../../contract/kit-queue.ts';
import type { BackendResponse } from '../backend/request.ts';
import { accepted, type ApiCall, type ApiClient } from './api-client.ts';

/** @returns undefined unless others are served first */
const secondsLeft = ({ headers, json }: BackendResponse): number | undefined => {
  const refused = ErrorResponse.safeParse(json).data;
  const isQueued =
    refused?.code === 'unavailable' && (refused.fields ?? []).some(({ path }) => path === KIT_QUEUE);
  return isQueued ? Number(headers['retry-after'] ?? 1) : undefined;
};

/** Asks for a kit until its turn has come. @throws CliError `unreachable`, `api_refused`; the signal's reason */
export const exchangeKit = async (
  api: ApiClient,
  call: ApiCall,
  signal: AbortSignal,
): Promise<BackendResponse> =>
  accepted(
    await untilServed(
      () => api.attempt(call),
      secondsLeft,
      (ms) => pause(ms, undefined, { signal }),
    ),
  );
