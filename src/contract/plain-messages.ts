import type { $ZodConfig, $ZodRawIssue } from 'zod/v4/core';

declare global {
  var __zod_globalConfig: $ZodConfig | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'is not a text',
  number: 'is not a number',
  int: 'is not a whole number',
  boolean: 'is neither true nor false',
  array: 'is not a list',
  object: 'is not an object',
  record: 'is not an object',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'is not an e-mail address',
  url: 'is not a URL',
  datetime: 'is not a date with time such as 2026-01-31T12:00:00Z',
  date: 'is not a date such as 2026-01-31',
  base64: 'is not Base64',
};

const entries = (count: number | bigint): string => (Number(count) === 1 ? 'entry' : 'entries');
const characters = (count: number | bigint): string => (Number(count) === 1 ? 'character' : 'characters');

const tooBig = ({ origin, maximum, inclusive }: $ZodRawIssue & { code: 'too_big' }): string => {
  if (origin === 'string') {
    return `is longer than ${maximum} ${characters(maximum)}`;
  }
  if (origin === 'array') {
    return `has more than ${maximum} ${entries(maximum)}`;
  }
  return inclusive === false ? `is not less than ${maximum}` : `is greater than ${maximum}`;
};

const tooSmall = ({ origin, minimum, inclusive }: $ZodRawIssue & { code: 'too_small' }): string => {
  if (origin === 'string') {
    return minimum === 1 ? 'is empty' : `is shorter than ${minimum} characters`;
  }
  if (origin === 'array') {
    return minimum === 1 ? 'is empty' : `has fewer than ${minimum} entries`;
  }
  return inclusive === false ? `is not greater than ${minimum}` : `is less than ${minimum}`;
};

const listed = (values: readonly unknown[]): string => {
  const texts = values.map(String);
  const last = texts.pop() ?? '';
  return texts.length === 0 ? `is not ${last}` : `is none of ${texts.join(', ')} and ${last}`;
};

/**
 * Says what is wrong with a value where its schema does not, as words that follow the name of the field, such as
 * `is longer than 64 characters`.
 */
export const plainMessage = (issue: $ZodRawIssue): string | undefined => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : (TYPES[issue.expected] ?? 'has the wrong form');
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'has the wrong form';
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : listed(issue.values);
    case 'unrecognized_keys':
      return `holds what is not known here: ${issue.keys.join(', ')}`;
    case 'not_multiple_of':
      return `is no multiple of ${issue.divisor}`;
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return 'has the wrong form';
    case 'custom':
      return undefined;
  }
};

/** Has zod speak so. It reads its configuration from here when it is loaded, so nothing has to load it for this. */
export const usePlainMessages = (): void => {
  globalThis.__zod_globalConfig = Object.assign(globalThis.__zod_globalConfig ?? {}, {
    customError: plainMessage,
  });
};
