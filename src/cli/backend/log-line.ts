const LEVELS: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};
/** A line of the backend's log; checked by hand, since every command loads this file and none waits for a schema. */
interface Line extends Readonly<Record<string, unknown>> {
  readonly level: number;
  readonly time: string;
  readonly msg?: string | undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isLine = (value: unknown): value is Line =>
  isRecord(value) &&
  typeof value['level'] === 'number' &&
  typeof value['time'] === 'string' &&
  (value['msg'] === undefined || typeof value['msg'] === 'string');

const parse = (text: string): Line | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** An error is its message: its stack is for those who read the log as it is. */
const valueText = (value: unknown): string => {
  const shown = isRecord(value) && typeof value['type'] === 'string' ? (value['message'] ?? value) : value;
  return typeof shown === 'string' && /^[^\s"=]+$/.test(shown) ? shown : JSON.stringify(shown);
};

/** Writes a line of the backend's log for people; any other line stays as it is. */
export const readableLine = (text: string): string => {
  const line = parse(text);
  if (line === undefined) {
    return text;
  }
  const { level, time, msg = '', ...fields } = line;
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
