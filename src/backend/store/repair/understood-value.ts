import { toTimestamp } from '../timestamp.ts';

/** Types that a column may be declared with, as far as they decide on how an odd value is read. */
export type Kind = 'text' | 'time' | 'flag' | 'integer';

const MAX_INTEGER = 2 ** 31 - 1;
const MILLISECONDS_FROM = 100_000_000_000;
const INTEGER = /^\s*[+-]?\d+(?:\.0+)?\s*$/;
const STORED = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/;
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const FLAGS: ReadonlyMap<string, number> = new Map([
  ...['1', 'true', 't', 'yes', 'y', 'on'].map((word) => [word, 1] as const),
  ...['0', 'false', 'f', 'no', 'n', 'off', ''].map((word) => [word, 0] as const),
]);

const textIn = (value: unknown): string | undefined => {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? String(value) : undefined;
  }
  try {
    return value instanceof Uint8Array ? new TextDecoder('utf-8', { fatal: true }).decode(value) : undefined;
  } catch {
    return undefined;
  }
};

const integerIn = (value: unknown): number | undefined => {
  const text = textIn(value);
  const number = text === undefined || !INTEGER.test(text) ? undefined : Number(text);
  return number === undefined || Math.abs(number) > MAX_INTEGER ? undefined : number;
};

const timeAt = (milliseconds: number): string | undefined => {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 0
    ? undefined
    : toTimestamp(date);
};

/** A stored time stays as it is; a number is taken for seconds or milliseconds since 1970, a text without a zone for UTC. */
const timeIn = (value: unknown): string | undefined => {
  const text = textIn(value)?.trim();
  if (text === undefined || text === '' || STORED.test(text)) {
    return text;
  }
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const number = Number(text);
    return timeAt(number < MILLISECONDS_FROM ? number * 1000 : number);
  }
  const found = ISO.exec(text);
  if (found === null) {
    return undefined;
  }
  const moment = text.replace(' ', 'T');
  return timeAt(Date.parse(found[1] === undefined && moment.includes('T') ? `${moment}Z` : moment));
};

const flagIn = (value: unknown): number | undefined => FLAGS.get(textIn(value)?.trim().toLowerCase() ?? '-');

const READERS = { text: textIn, time: timeIn, flag: flagIn, integer: integerIn } as const;

/** Returns what a value of another type obviously means in a column of this kind; undefined when it does not. */
export const understoodValue = (kind: Kind, value: unknown): string | number | undefined =>
  READERS[kind](value);
