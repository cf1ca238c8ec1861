import inquirer from 'inquirer';
import { z } from 'zod';
import { Email, OrganizationName } from '../../contract/names.ts';
import type { Runtime } from '../runtime.ts';

const Admin = z.object({ email: z.string().trim(), organization: z.string().trim() });
const TextResponse = z.object({ response: z.string() });
const Confirmation = z.object({ response: z.boolean() });

type Schema = z.ZodString;

const check =
  (schema: Schema) =>
  (text: string): true | string => {
    const result = schema.safeParse(text.trim());
    return result.success ? true : `"${text.trim()}" ${result.error.issues[0]?.message ?? 'cannot be used'}`;
  };

/** Questions go to standard error, so that standard output holds results only. */
const promptModule = (runtime: Runtime): ReturnType<typeof inquirer.createPromptModule> =>
  inquirer.createPromptModule({ input: runtime.stdin, output: runtime.stderr, signal: runtime.signal });

/** Asks for the first project admin; invalid input is asked for again. @throws ExitPromptError at Ctrl-C */
export const askAdmin = async (
  runtime: Runtime,
): Promise<{ readonly email: string; readonly organization: string }> => {
  return Admin.parse(
    await promptModule(runtime)([
      { type: 'input', name: 'email', message: "Project admin's e-mail:", validate: check(Email) },
      {
        type: 'input',
        name: 'organization',
        message: "Project admin's organization:",
        validate: check(OrganizationName),
      },
    ]),
  );
};

/** Asks without showing what is typed. An empty response is allowed. */
export const askHidden = async (runtime: Runtime, message: string): Promise<string> => {
  return TextResponse.parse(
    await promptModule(runtime)([{ type: 'password', name: 'response', message, mask: '*' }]),
  ).response;
};

export const askText = async (runtime: Runtime, message: string): Promise<string> => {
  return TextResponse.parse(
    await promptModule(runtime)([{ type: 'input', name: 'response', message }]),
  ).response.trim();
};

/** No is the response of Enter alone. */
export const askConfirmation = async (runtime: Runtime, message: string): Promise<boolean> => {
  return Confirmation.parse(
    await promptModule(runtime)([{ type: 'confirm', name: 'response', message, default: false }]),
  ).response;
};
