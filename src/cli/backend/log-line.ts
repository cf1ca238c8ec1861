import { z } from 'zod';

const LEVELS: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};
const Line = z.looseObject({ level: z.number(), time: z.string(), msg: z.string().default('') });

const parse = (text: string): z.infer<typeof Line> | undefined => {
  try {
    return Line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const Failure = z.looseObject({ type: z.string(), message: z.string() });

/** An error is its message: its stack is for those who read the log as it is. */
const valueText = (value: unknown): string => {
  const shown = Failure.safeParse(value).data?.message ?? value;
  return typeof shown === 'string' && /^[^\s"=]+$/.test(shown) ? shown : JSON.stringify(shown);
};

/** Writes a line of the backend's log for people; any other line stays as it is. */
export const readableLine = (text: string): string => {
  const line = parse(text);
  if (line === undefined) {
    return text;
  }
  const { level, time, msg, ...fields } = line;
  const when = time.slice(0, 19).replace('T', ' ');
  const details = Object.entries(fields).map(([name, value]) => `${name}=${valueText(value)}`);
  return [when, (LEVELS[level] ?? String(level)).padEnd(5), msg, ...details]
    .filter((part) => part !== '')
    .join(' ')
    .replaceAll(/\p{Cc}/gu, ' ');
};

/** When a line was written, in ms since 1970; undefined for a line that does not say. */
export const lineTime = (text: string): number | undefined => {
  const line = parse(text);
  return line === undefined ? undefined : Date.parse(line.time);
};
