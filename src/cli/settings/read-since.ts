import { CLI_ERRORS } from '../errors/cli-errors.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads `--since`: how long ago (`90s`, `10m`, `2h`, `3d`), or a date in ISO 8601.
 *
 * @returns ms since 1970
 * @throws CliError `usage`
 */
export const readSince = (text: string, now: Date): number => {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const since = count === undefined ? Date.parse(text) : now.getTime() - Number(count) * (UNIT_MS[unit] ?? 0);
  if (Number.isNaN(since) || (count === undefined && !/^\d{4}-\d{2}-\d{2}/.test(text))) {
    throw CLI_ERRORS.usage({
      what: `--since ${text} is neither a duration such as 10m nor a date.`,
      command: 'logs',
    });
  }
  return since;
};
