import { parseAllDocuments, parseDocument, visit, type Document, type ErrorCode } from 'yaml';

/**
 * A text that is neither YAML nor JSON, as its file's name says; the message tells what and where, and quotes nothing.
 */
export class SyntaxProblem extends Error {}

/** Aliases that a document may resolve; each multiplies what it stands for. */
const MAX_ALIASES = 100;
/** A merge or alias of a few lines can expand to more than any project needs. */
const MAX_EXPANDED = 256 * 1024;

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

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxProblem(jsonReason(text, error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  }
};

/** Words for the most frequent mistakes; others are named by their kind. */
const YAML_WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_ALIAS: 'An anchor or alias is malformed',
  BAD_DIRECTIVE: 'A directive is malformed',
  BAD_INDENT: 'The indentation is wrong',
  BLOCK_AS_IMPLICIT_KEY: 'Nested mappings need a line of their own, or the value needs quotes',
  BLOCK_IN_FLOW: 'A block stands inside brackets or braces',
  DUPLICATE_KEY: 'A key stands here for the second time',
  MISSING_CHAR: 'A closing quote, bracket, colon or space is missing',
  MULTIPLE_ANCHORS: 'A value has two anchors',
  MULTILINE_IMPLICIT_KEY: 'A key extends over several lines',
  TAB_AS_INDENT: 'Tabs are not allowed as indentation',
  TAG_RESOLVE_FAILED: 'A tag such as !!python is not supported',
  UNEXPECTED_TOKEN: 'Something unexpected stands here',
};

const requireOneDocument = (text: string, documents: ReturnType<typeof parseAllDocuments>): Document => {
  const [document, second] = [...documents];
  if (document === undefined) {
    return parseDocument('');
  }
  if (second === undefined) {
    return document;
  }
  throw new SyntaxProblem(
    `It holds several documents; the second begins at ${placeOf(text, second.range?.[0] ?? text.length)}`,
  );
};

const requireSound = (text: string, { errors, warnings }: Document): void => {
  const [error] = [...errors, ...warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED')];
  if (error === undefined) {
    return;
  }
  const what = YAML_WORDS[error.code] ?? 'It is not YAML';
  throw new SyntaxProblem(`${what} at ${placeOf(text, error.pos[0])}`, { cause: error });
};

/** Aliases before or inside the value that they name have nothing to stand for. */
const requireAnchors = (text: string, document: Document): void => {
  visit(document, {
    Alias: (_key, alias, ancestors) => {
      const named = alias.resolve(document);
      if (named !== undefined && !ancestors.includes(named)) {
        return;
      }
      const place = placeOf(text, alias.range?.[0] ?? 0);
      throw new SyntaxProblem(
        named === undefined
          ? `An alias has no anchor before it at ${place}`
          : `A value contains itself at ${place}`,
      );
    },
  });
};

/** Describes how far a YAML text may go. */
export interface YamlLimits {
  readonly maxAliases: number;
  /** Characters of it as JSON, with all aliases expanded. */
  readonly maxExpanded: number;
  /** Rejects a key that stands twice, of which PyYAML takes the last. */
  readonly uniqueKeys: boolean;
}

const PROPERTIES: YamlLimits = { maxAliases: MAX_ALIASES, maxExpanded: MAX_EXPANDED, uniqueKeys: true };

/**
 * Reads YAML 1.1 (yes, no, on, off, merge keys), as NVIDIA's reader takes it.
 *
 * @throws SyntaxProblem
 */
export const readYaml = (text: string, { maxAliases, maxExpanded, uniqueKeys }: YamlLimits): unknown => {
  const options = { version: '1.1', logLevel: 'silent', prettyErrors: false, uniqueKeys } as const;
  const document = requireOneDocument(text, parseAllDocuments(text, options));
  requireSound(text, document);
  requireAnchors(text, document);
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    throw new SyntaxProblem('Its aliases or merge keys cannot be resolved', { cause: error });
  }
  const plain = JSON.stringify(content ?? null);
  if (plain.length > maxExpanded) {
    throw new SyntaxProblem(`Its aliases expand to more than ${maxExpanded / 1024} KiB`);
  }
  // Dates, sets and the like become what JSON has for them, as everything else that carries properties is JSON.
  return JSON.parse(plain);
};

/**
 * Reads JSON, or YAML 1.1.
 *
 * @param source the file's name
 * @throws SyntaxProblem
 */
export const readSyntax = (source: string, text: string): unknown =>
  source.endsWith('.json') ? readJson(text) : readYaml(text, PROPERTIES);
