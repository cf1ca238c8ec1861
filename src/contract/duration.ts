import { z } from 'zod';

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const MAX_MS = 366 * 86_400_000;

/** A whole number of minutes, hours, days or weeks, such as `12h` or `1d`, up to a year; gives milliseconds. */
export const Duration = z.string().transform((text, context) => {
  const [, count = '', unit = ''] = /^([1-9]\d{0,5})([mhdw])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (UNIT_MS[unit] ?? 0);
  if (milliseconds > 0 && milliseconds <= MAX_MS) {
    return milliseconds;
  }
  context.addIssue({ code: 'custom', message: 'is not a duration such as 12h or 1d' });
  return z.NEVER;
});
