import type { z } from 'zod';
import { ErrorResponse } from '../../contract/api/response.ts';
import { ProgramLoginResponse } from '../../contract/api/login.ts';
import { ENVIRONMENT } from '../../contract/environment.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { CommandContext } from '../handler.ts';
import type { RespondingBackend } from '../deployment/ask-deployment.ts';
import { isAttended } from '../runtime.ts';
import { parseCredential } from '../settings/credential.ts';
import { askCode, secondStepIn } from './second-step.ts';
import { requestBackend, type BackendResponse } from './request.ts';

/** A project admin, as the API wants to know. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/** A question to a person, and the options by which a script gives the same. */
export interface Question {
  readonly message: string;
  readonly hidden: boolean;
  /** `the new passphrase` */
  readonly subject: string;
  readonly advice: string;
}

/** Asks the person at the terminal. @throws CliError `input_missing` without one */
export const askHere = async (
  context: CommandContext,
  { message, hidden, subject, advice }: Question,
): Promise<string> => {
  if (!isAttended(context.runtime)) {
    throw CLI_ERRORS.inputMissing({ what: `There is no terminal to ask for ${subject}.`, advice });
  }
  const { askHidden, askText } = await import('../prompts/prompts.ts');
  return hidden ? askHidden(context.runtime, message) : askText(context.runtime, message);
};

/** Who acts: --cred, NVFL_CREDENTIAL, a person. @throws CliError `input_missing`, `credential_invalid` */
export const findPerson = async (given: string | undefined, context: CommandContext): Promise<Person> => {
  const text = given ?? context.runtime.environment[ENVIRONMENT.credential];
  if (text !== undefined) {
    const { email, password, generated } = parseCredential(text, '--cred', context.runtime.randomInt);
    if (!generated) {
      return { email, password };
    }
  }
  const advice = 'Give --cred EMAIL:PASSWORD, or set NVFL_CREDENTIAL.';
  const email = await askHere(context, {
    message: "Project admin's e-mail:",
    hidden: false,
    subject: 'e-mail and password of the project admin',
    advice,
  });
  const password = await askHere(context, {
    message: 'Password:',
    hidden: true,
    subject: 'the password of the project admin',
    advice,
  });
  return { email, password };
};

/** Advice that holds whatever was called. */
const ADVICE: Readonly<Record<string, string>> = {
  sealed: 'Give the passphrase first: dashboard unseal.',
  project_frozen: 'A frozen project keeps its root CA; `dashboard root renew` prepares the next one.',
};

/** One call of a project admin; `path` is below the API prefix. */
export interface AdminCall {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Advice for when it is refused. */
  readonly advice?: string;
}

const send = (
  { origin, trust }: RespondingBackend,
  { method = 'POST', path, body }: AdminCall,
  signal: AbortSignal,
  token?: string,
): Promise<BackendResponse> => {
  if (trust === undefined) {
    throw CLI_ERRORS.connectionInsecure({ origin });
  }
  const request = {
    origin,
    path: `/api/v1${path}`,
    method,
    ...(body === undefined ? {} : { body }),
    trust,
    signal,
  };
  return requestBackend(token === undefined ? request : { ...request, token });
};

const accepted = ({ status, json }: BackendResponse, advice: string): unknown => {
  if (status >= 200 && status < 300) {
    return json;
  }
  const parsed = ErrorResponse.safeParse(json);
  const refusal = parsed.success ? parsed.data.message.replace(/\.$/, '') : `HTTP ${status}`;
  throw CLI_ERRORS.apiRefused({
    what: `The dashboard refused: ${refusal}.`,
    advice: (parsed.success ? ADVICE[parsed.data.status] : undefined) ?? advice,
  });
};

const LOG_IN_ADVICE = "Use the project admin's e-mail and password.";

const logIn = async (
  responding: RespondingBackend,
  person: Person,
  context: CommandContext,
): Promise<z.infer<typeof ProgramLoginResponse>> => {
  const { signal } = context;
  const response = await send(responding, { path: '/login', body: person }, signal);
  const step = secondStepIn(response.json);
  if (step === undefined) {
    return ProgramLoginResponse.parse(accepted(response, LOG_IN_ADVICE));
  }
  const body = { challenge: step.challenge, code: await askCode(context, step) };
  const second = await send(responding, { path: '/login/second-factor', body }, signal);
  return ProgramLoginResponse.parse(accepted(second, 'Try again with the code that the app shows then.'));
};

/**
 * Logs in as project admin, with a second factor where there is one.
 *
 * @returns calls a route, and returns the response's JSON
 * @throws CliError `api_refused`, `input_missing`, also from each call
 */
export const openAdminSession = async (
  responding: RespondingBackend,
  person: Person,
  context: CommandContext,
): Promise<(call: AdminCall) => Promise<unknown>> => {
  const { access_token: token } = await logIn(responding, person, context);
  return async (call) => {
    const response = await send(responding, call, context.signal, token);
    return accepted(response, call.advice ?? 'Try again with the right passphrase.');
  };
};

/** Logs in and calls one route. @throws CliError as {@link openAdminSession} */
export const callAsAdmin = async (
  responding: RespondingBackend,
  person: Person,
  call: AdminCall,
  context: CommandContext,
): Promise<unknown> => (await openAdminSession(responding, person, context))(call);
