import type { z } from 'zod';
import { ProgramLoginResponse } from '../../contract/api/login.ts';
import type { Person } from '../backend/admin-call.ts';
import { askCode, secondStepIn } from '../backend/second-step.ts';
import type { CommandContext } from '../handler.ts';
import { accepted, type ApiClient } from './api-client.ts';

/**
 * Logs in, with a second factor where there is one.
 *
 * @param api of a stranger
 * @throws CliError as {@link ApiClient.call}, `input_missing` where a second factor is asked for without a terminal
 */
export const openSession = async (
  api: ApiClient,
  person: Person,
  context: CommandContext,
): Promise<z.infer<typeof ProgramLoginResponse>> => {
  const request = { method: 'POST', path: '/login', body: person } as const;
  const response = await api.attempt(request);
  const step = secondStepIn(response.json);
  if (step === undefined) {
    return ProgramLoginResponse.parse(accepted(response).json);
  }
  const body = { challenge: step.challenge, code: await askCode(context, step) };
  return api.call(ProgramLoginResponse, { method: 'POST', path: '/login/second-factor', body });
};
