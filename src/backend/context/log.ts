import { pino, type Logger } from 'pino';

const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Returns fields for a line that is about to be written. */
export type LogFields = () => object;

/**
 * JSON lines. Control characters that JSON lets through are escaped too, so that no name can act on a terminal.
 *
 * @param write takes one line with its end
 * @param mixin adds fields, such as those of the trace under way
 */
export const createLog = (level: string, write: (line: string) => void, mixin?: LogFields): Logger =>
  pino(
    {
      level,
      base: null,
      ...(mixin === undefined ? {} : { mixin }),
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'password',
          'current_password',
          'pin',
          'passphrase',
          'authorization',
          'cookie',
          'access_token',
        ].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    {
      write: (line: string) => {
        write(line.replace(UNPRINTABLE, escaped));
      },
    },
  );
