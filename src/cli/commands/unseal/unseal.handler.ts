import { resolve } from 'node:path';
import { z } from 'zod';
import { ErrorAnswer } from '../../../domain/api/answer.ts';
import { LoginAnswer } from '../../../domain/api/login.ts';
import { ENVIRONMENT } from '../../../domain/environment.ts';
import { requestBackend } from '../../backend/request.ts';
import { FAULTS } from '../../errors/faults.ts';
import type { CommandContext, Handler } from '../../handler.ts';
import { askRunning, findRunning, type Answering } from '../../running.ts';
import { isAttended } from '../../runtime.ts';
import { parseCredential } from '../../settings/credential.ts';
import { readPassphraseFile } from '../../settings/passphrase.ts';
import { readTargetSettings } from '../../settings/start-settings.ts';

const RawUnseal = z.object({ passphraseFile: z.string().optional(), cred: z.string().optional() });

interface Person {
  readonly email: string;
  readonly password: string;
}

const askHere = async (context: CommandContext, message: string, hidden: boolean): Promise<string> => {
  if (!isAttended(context.runtime)) {
    throw FAULTS.inputMissing({
      what: `There is no terminal to ask on: ${message}`,
      advice: 'Give --cred EMAIL:PASSWORD (or NVFL_CREDENTIAL) and --passphrase-file FILE.',
    });
  }
  const { askHidden, askText } = await import('../../prompts/prompts.ts');
  return hidden ? askHidden(context.runtime, message) : askText(context.runtime, message);
};

const findPerson = async (given: string | undefined, context: CommandContext): Promise<Person> => {
  const text = given ?? context.runtime.environment[ENVIRONMENT.credential];
  if (text !== undefined) {
    const { email, password, generated } = parseCredential(text, '--cred', context.runtime.randomInt);
    if (!generated) return { email, password };
  }
  const email = await askHere(context, "Project admin's e-mail:", false);
  return { email, password: await askHere(context, 'Password:', true) };
};

const refusal = (json: unknown, fallback: string): string => {
  const parsed = ErrorAnswer.safeParse(json);
  return parsed.success ? parsed.data.message.replace(/\.$/, '') : fallback;
};

const call = async (
  { origin, fingerprint }: Answering,
  path: string,
  body: unknown,
  signal: AbortSignal,
  token?: string,
): Promise<unknown> => {
  const request = { origin, path: `/api/v1${path}`, method: 'POST', body, fingerprint, signal };
  const { status, json } = await requestBackend(token === undefined ? request : { ...request, token });
  if (status >= 200 && status < 300) return json;
  throw FAULTS.apiRefused({
    what: `The dashboard refused: ${refusal(json, `HTTP ${status}`)}.`,
    advice:
      path === '/login'
        ? "Use the project admin's e-mail and password."
        : 'Try again with the right passphrase.',
  });
};

/** `dashboard unseal`: logs in as project admin and hands over the passphrase. */
export const unseal: Handler = async (flags, _words, context) => {
  const { runtime, signal } = context;
  const settings = readTargetSettings(flags, runtime);
  const raw = RawUnseal.parse(flags);
  const running = await findRunning(settings, runtime);
  const answering = running === undefined ? undefined : await askRunning(running, runtime);
  if (answering === undefined)
    throw FAULTS.notRunning({ what: settings.folderGiven ? settings.folder : settings.name });
  if (!answering.condition.sealed) {
    return { data: { state: 'not sealed' }, lines: ['The dashboard is not sealed.'] };
  }
  const person = await findPerson(raw.cred, context);
  const passphrase =
    raw.passphraseFile === undefined
      ? await askHere(context, 'Passphrase of the root key:', true)
      : await readPassphraseFile(resolve(runtime.cwd, raw.passphraseFile));
  const login = LoginAnswer.parse(await call(answering, '/login', person, signal));
  await call(answering, '/unseal', { passphrase }, signal, login.access_token);
  return { data: { state: 'unsealed' }, lines: ['Unsealed: kits can be made again.'] };
};
