import { isIP } from 'node:net';
import { CLI_ERRORS } from '../errors/cli-errors.ts';

const MAX_PORT = 65_535;
/** Names that every engine accepts for a container. */
export const DASHBOARD_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** @returns NaN for anything but digits */
const wholeNumber = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : Number.NaN);

/** @throws CliError `port_invalid` */
export const readPort = (text: string): number => {
  const port = wholeNumber(text);
  if (!(port >= 1 && port <= MAX_PORT)) {
    throw CLI_ERRORS.portInvalid({ value: text });
  }
  return port;
};

/** An IP address, or `localhost`. @throws CliError `usage` */
export const readAddress = (text: string): string => {
  if (isIP(text) === 0 && text !== 'localhost') {
    throw CLI_ERRORS.usage({ what: `--bind ${text} is not an IP address such as 127.0.0.1.` });
  }
  return text;
};

/** @throws CliError `usage` */
export const readTimeout = (text: string): number => {
  const seconds = wholeNumber(text);
  if (!(seconds >= 1)) {
    throw CLI_ERRORS.usage({ what: `--timeout ${text} is not a number of seconds.` });
  }
  return seconds;
};

/** @throws CliError `usage` */
export const readName = (text: string): string => {
  if (!DASHBOARD_NAME.test(text)) {
    throw CLI_ERRORS.usage({ what: `--name ${text} may hold letters, digits, ".", "_" and "-" only.` });
  }
  return text;
};

/** Makes the parser of an option that takes a whole number. */
export const readWhole =
  (option: string, least: number, most: number) =>
  (text: string): number => {
    const value = wholeNumber(text);
    if (!(value >= least && value <= most)) {
      throw CLI_ERRORS.usage({ what: `${option} ${text} is not a whole number from ${least} to ${most}.` });
    }
    return value;
  };

/** Makes the parser of an option whose value is text that must not be empty. */
export const readText =
  (option: string) =>
  (text: string): string => {
    if (text.trim() === '') {
      throw CLI_ERRORS.usage({ what: `${option} requires a value.` });
    }
    return text;
  };

/** Name of an image as engines take it: registry, path in lower case, tag, digest; or an image's ID. */
const IMAGE =
  /^(?:(?:[a-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?|sha256:[a-f0-9]{64})$/;

/** Makes the parser of an option that names an image. */
export const readImage =
  (option: string) =>
  (text: string): string => {
    if (!IMAGE.test(readText(option)(text))) {
      throw CLI_ERRORS.usage({
        what: `${option} ${text} is not the name of an image, such as registry.example.org/dashboard:1.0.`,
      });
    }
    return text;
  };

/** Makes the parser of a repeatable option that takes some of a few words, separated by commas as well. */
export const readWords =
  (option: string, known: readonly string[]) =>
  (text: string, earlier: readonly string[] | undefined): readonly string[] => {
    const words = text.split(',');
    const unknown = words.find((word) => !known.includes(word));
    if (unknown !== undefined) {
      throw CLI_ERRORS.usage({ what: `${option} ${unknown} is none of ${known.join(', ')}.` });
    }
    return [...(earlier ?? []), ...words];
  };
