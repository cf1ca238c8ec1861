import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document, Node } from 'yaml';
import { isForbidden, isMissing } from '../../contract/error-code.ts';
import { utf8Text } from '../../contract/utf8-text.ts';
import { CLI_ERRORS } from '../errors/cli-errors.ts';
import { systemReason } from '../../contract/system-reason.ts';
import { closedToUser } from '../folder/closed-to-user.ts';
import { DASHBOARD_FILE, type DashboardFile } from './dashboard-file.ts';
import { DashboardFileReader, type Problem } from './dashboard-file-reader.ts';

const MAX_BYTES = 256 * 1024;

/** The settings of a file, and the line of each. */
export interface FoundFile {
  readonly path: string;
  readonly settings: DashboardFile;
}

/** Reads a document with the positions of its parts. */
const parse = async (text: string) => {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const documents = yaml.parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  return { yaml, lines, documents: Array.isArray(documents) ? documents : [] };
};

const SYNTAX: Readonly<Record<string, readonly [string, string]>> = {
  TAB_AS_INDENT: ['it is indented with a tab', 'Indent with spaces.'],
  DUPLICATE_KEY: ['the setting is there twice', 'Keep one of the two.'],
};

const syntaxProblems = (
  documents: readonly Document[],
  lineOf: (offset: number) => number,
): readonly Problem[] =>
  documents
    .flatMap(({ errors }) => errors)
    .map(({ code, message, pos }) => {
      const [text, advice] = SYNTAX[code] ?? [
        `it is not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
        'Write `setting: value`, one a line.',
      ];
      return { line: lineOf(pos[0]), text, advice };
    });

/** @throws CliError `dashboard_file_invalid` that names every problem with its line */
const invalid = (path: string, problems: readonly Problem[]) => {
  const [first] = problems;
  const texts = [...new Set(problems.map(({ line, text }) => `line ${line}: ${text}`))];
  const advice = first?.advice ?? 'Correct it; docs/cli.md lists the settings.';
  return CLI_ERRORS.dashboardFileInvalid({ path, problems: texts, advice });
};

/**
 * Reads the settings file of a folder.
 *
 * @returns undefined when there is none
 * @throws CliError `dashboard_file_invalid`, `permission_denied`
 */
export const readDashboardFile = async (
  folder: string,
  host: Readonly<Record<string, string | undefined>>,
): Promise<FoundFile | undefined> => {
  const path = join(folder, DASHBOARD_FILE);
  const refused = (text: string, advice: string) =>
    CLI_ERRORS.dashboardFileInvalid({ path, problems: [text], advice });
  const bytes = await readFile(path).catch(async (error: unknown) => {
    if (isMissing(error)) {
      return undefined;
    }
    throw isForbidden(error)
      ? await closedToUser(path, error)
      : refused(systemReason(error), 'Put a text file there, or move it elsewhere.');
  });
  if (bytes === undefined) {
    return undefined;
  }
  const text = bytes.length > MAX_BYTES ? undefined : utf8Text(bytes);
  if (text === undefined) {
    throw refused('it is not a text file in UTF-8', 'Save it as UTF-8, with `setting: value` in each line.');
  }
  const { yaml, lines, documents } = await parse(text);
  const lineOf = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const syntax = syntaxProblems(documents, lineOf);
  if (syntax.length > 0) {
    throw invalid(path, syntax);
  }
  const [document, second] = documents;
  if (second !== undefined) {
    const line = lineOf(second.range[0]);
    throw invalid(path, [{ line, text: 'a second document begins', advice: 'Keep one.' }]);
  }
  const contents = document?.contents ?? null;
  if (contents === null || (yaml.isScalar(contents) && contents.value === null)) {
    return { path, settings: {} };
  }
  if (!yaml.isMap<Node, Node | null>(contents)) {
    const line = lineOf(contents.range[0]);
    throw invalid(path, [
      {
        line,
        text: 'there are no settings',
        advice: 'Write `setting: value` in each line, such as `port: 8443`.',
      },
    ]);
  }
  const reader = new DashboardFileReader(yaml, lineOf, host);
  const settings = reader.read(contents);
  if (reader.problems.length > 0) {
    throw invalid(
      path,
      [...reader.problems].sort((one, other) => one.line - other.line),
    );
  }
  return { path, settings };
};
