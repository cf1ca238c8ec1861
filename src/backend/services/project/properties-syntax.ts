import { parse, parseDocument } from 'yaml';

/** A text that is neither YAML nor JSON, as its file's name says; the message tells what and where, and quotes nothing. */
export class SyntaxProblem extends Error {}

const placeOf = (text: string, offset: number): string => {
  const lines = text.slice(0, offset).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
};

/** V8 quotes the file, which may hold secrets, and often gives no place; the YAML parser finds it then. */
const jsonReason = (text: string, message: string): string => {
  const [what = ''] = message.split(/ in JSON at|, (?:\.\.\.)?"/, 1);
  const [, said] = / at position (\d+)/.exec(message) ?? [];
  const [error] = parseDocument(text, { schema: 'json', logLevel: 'silent' }).errors;
  const offset = said === undefined ? (error?.pos[0] ?? text.length) : Number(said);
  return `${what} at ${placeOf(text, message.includes('end of JSON') ? text.length : offset)}`;
};

const yamlReason = (message: string): string => message.split('\n', 1).join('').replace(/:$/, '');

/**
 * Reads JSON or YAML without aliases.
 *
 * @param source the file's name
 * @throws SyntaxProblem
 */
export const readSyntax = (source: string, text: string): unknown => {
  const json = source.endsWith('.json');
  try {
    return json ? JSON.parse(text) : parse(text, { maxAliasCount: 0, logLevel: 'error' });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new SyntaxProblem(json ? jsonReason(text, message) : yamlReason(message), { cause });
  }
};
