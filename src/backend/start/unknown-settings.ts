import { COMMAND_VARIABLES, ENVIRONMENT, SECRET_FILES } from '../../contract/environment.ts';
import { similarWord } from '../../contract/similar-word.ts';
import type { ServerConfig, UnknownSetting } from '../context/config.ts';
import type { ServerLog } from '../context/context.ts';

const PREFIX = /^NVFL_/;
const SETTINGS: readonly string[] = [...Object.values(ENVIRONMENT), ...Object.values(SECRET_FILES).flat()];
const KNOWN: readonly string[] = [...SETTINGS, ...COMMAND_VARIABLES];

/** Returns the variables that begin like a setting but are none, such as a misspelled one. */
export const unknownSettings = (
  environment: Readonly<Record<string, string | undefined>>,
): readonly UnknownSetting[] =>
  Object.keys(environment)
    .filter((name) => PREFIX.test(name) && !KNOWN.includes(name))
    .sort()
    .map((name) => ({ name, meant: similarWord(name, SETTINGS) }));

/** Logs them, a line each. @returns how many lines */
export const warnOfUnknownSettings = (
  { unknownSettings: unknown = [] }: Pick<ServerConfig, 'unknownSettings'>,
  log: ServerLog,
): number => {
  for (const { name, meant } of unknown) {
    const advice = meant === undefined ? 'docs/environment.md lists the settings.' : `Did you mean ${meant}?`;
    log.warn(
      { code: 'unknown_setting', advice },
      `${name} is not a setting of this version and has no effect.`,
    );
  }
  return unknown.length;
};
