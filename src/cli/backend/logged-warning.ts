import { z } from 'zod';

const WARN = 40;
const Warning = z.object({
  level: z.literal(WARN),
  msg: z.string(),
  advice: z.string(),
  code: z.string().optional(),
});

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** Returns what a line of the backend's log warns an operator of, with what to do; undefined for every other line. */
export const loggedWarning = (line: string): string | undefined => {
  const { data } = Warning.safeParse(parse(line));
  // Its words may come from a file of the folder, which must not act on the terminal.
  return data === undefined ? undefined : `${data.msg} ${data.advice}`.replaceAll(/\p{Cc}/gu, ' ');
};

/** The code of a line that warns an operator; undefined for one without, and for every other line. */
export const warningCode = (line: string): string | undefined => Warning.safeParse(parse(line)).data?.code;
