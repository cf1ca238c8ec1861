import { z } from 'zod';
import { ProjectPatch, ProjectPatchResponse } from '../../../contract/api/project.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Handler } from '../../handler.ts';
import { readLogo, storeLogo } from '../../remote/logo.ts';
import { connect } from '../../remote/find-connection.ts';

const usage = (what: string) => CLI_ERRORS.usage({ what, command: 'project set' });

/** Setting that names a file, since the API takes a picture by itself. */
const LOGO = 'logo=';
const TEXT = z.string();
/** `true`, numbers and objects are written as in JSON; whatever else is a text. */
const JSON_LIKE = /^(true|false|null|-?\d+|[{[].*)$/s;

const jsonOf = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw CLI_ERRORS.usage(
      { what: `The value of ${name} is not valid JSON.`, command: 'project set' },
      { cause: error },
    );
  }
};

/** Reads `SETTING=VALUE`; a value stays text where the setting is one. */
export const readSettings = (words: readonly string[]): ProjectPatch => {
  const entries = words.map((word) => {
    const split = word.indexOf('=');
    if (split < 1) {
      throw usage(`"${word}" is not SETTING=VALUE.`);
    }
    const [name, text] = [word.slice(0, split), word.slice(split + 1)];
    const known = Object.entries(ProjectPatch.shape).find(([key]) => key === name);
    if (known === undefined) {
      throw usage(
        `There is no setting ${name}; there are ${[...Object.keys(ProjectPatch.shape), 'logo'].join(', ')}.`,
      );
    }
    const isText = TEXT.safeParse(text).success && known[1].safeParse(text).success;
    return [name, !isText && JSON_LIKE.test(text) ? jsonOf(name, text) : text] as const;
  });
  const patch = ProjectPatch.safeParse(Object.fromEntries(entries));
  if (patch.success) {
    return patch.data;
  }
  const [issue] = patch.error.issues;
  throw usage(`${issue?.path.join('.') ?? 'A setting'} cannot be that: ${issue?.message ?? 'invalid'}.`);
};

/** `dashboard project set` */
export const setProject: Handler = async (flags, words, { runtime, signal }) => {
  const logos = words.filter((word) => word.startsWith(LOGO));
  const patch = readSettings(words.filter((word) => !word.startsWith(LOGO)));
  if (patch.frozen === true) {
    throw usage('Freezing has a command of its own: dashboard project freeze.');
  }
  const [last] = logos.slice(-1);
  const logo = last === undefined ? undefined : await readLogo(last.slice(LOGO.length), runtime.cwd);
  const api = await connect(flags, runtime, signal);
  if (logo !== undefined) {
    await storeLogo(api, logo);
  }
  const { project, warnings } = await api.call(ProjectPatchResponse, {
    method: 'PATCH',
    path: '/project',
    body: patch,
  });
  return {
    data: { state: 'changed', project, warnings },
    lines: [
      `Changed: ${[...Object.keys(patch), ...(logo === undefined ? [] : ['logo'])].join(', ')}.`,
      ...warnings.map(({ path, message }) => `Warning: ${path} ${message}.`),
    ],
  };
};
