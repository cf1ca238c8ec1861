import type { z } from 'zod';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import type { Flags } from '../handler.ts';

/** Writes `baseImage` as `--base-image`. */
const optionName = (key: PropertyKey): string =>
  `--${String(key).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/**
 * Reads the options a command uses.
 *
 * @throws CliError `usage` on a value that the schema rejects
 */
export const parseFlags = <Schema extends z.ZodType>(schema: Schema, flags: Flags): z.output<Schema> => {
  const parsed = schema.safeParse(flags);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const option = optionName(issue?.path[0] ?? '');
  const empty = issue?.code === 'too_small';
  throw CLI_ERRORS.usage({ what: empty ? `${option} requires a value.` : `${option} has an invalid value.` });
};
