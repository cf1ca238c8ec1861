import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { errorCode } from '../../../contract/error-code.ts';
import type { FieldProblem } from '../../../contract/errors.ts';
import type { FileProps } from '../../../contract/kit.ts';
import type { TargetRelease } from '../../../contract/releases.ts';
import { utf8Text } from '../../../contract/utf8-text.ts';
import { checkProps } from '../../../kits/check-props.ts';
import { keysWithoutEffect, NO_EFFECT } from '../../../kits/keys-without-effect.ts';
import { readSyntax } from './properties-syntax.ts';

const FILES = ['properties.yml', 'properties.json'] as const;
/** A name that people give the file, and nobody reads. */
const MISNAMED = 'properties.yaml';
const SECTIONS = ['project', 'server', 'client', 'admin'] as const;
const MAX_BYTES = 64 * 1024;

const Section = z.record(z.string(), z.unknown(), 'is not a set of keys and values').nullish();
const Sections = z.strictObject(
  { project: Section, server: Section, client: Section, admin: Section },
  {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? 'is none of the sections project, server, client and admin'
        : 'must hold sections such as "server:"',
  },
);

/** Keys such as `x-common` hold what anchors name, and nothing of their own. */
const withoutExtensions = (content: unknown): unknown =>
  typeof content === 'object' && content !== null && !Array.isArray(content)
    ? Object.fromEntries(Object.entries(content).filter(([key]) => !key.startsWith('x-')))
    : content;

const sectionProblems = (error: z.ZodError): readonly FieldProblem[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((path) => ({ path, message: issue.message }))
      : [{ path: issue.path.join('.'), message: issue.message }],
  );

/** Describes what the properties file of a project folder holds. */
export interface PropertiesFile {
  /** `properties.yml` or `properties.json`; empty when neither is there. */
  readonly source: string;
  readonly properties: FileProps;
  /** Errors, with paths such as `server.fed_learn_port`; `properties` is empty then. */
  readonly problems: readonly FieldProblem[];
  /** Keys that have no effect, such as misspelled ones. */
  readonly warnings: readonly FieldProblem[];
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link to itself',
};
const MISSING = 'ENOENT';

const isLink = async (file: string): Promise<boolean> => {
  try {
    return (await lstat(file)).isSymbolicLink();
  } catch {
    return false;
  }
};

type Read = { readonly text: string } | { readonly text?: undefined; readonly code: string };

const textOf = async (file: string): Promise<Read> => {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = errorCode(error);
    if (code === MISSING && (await isLink(file))) {
      return { code: 'it is a link to a file that is not there' };
    }
    return { code: REASONS[String(code)] ?? String(code) };
  }
  const text = utf8Text(bytes);
  return text === undefined ? { code: 'it is not UTF-8 text; save it as UTF-8' } : { text };
};

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const broken = (source: string, ...problems: readonly FieldProblem[]): PropertiesFile => ({
  source,
  properties: {},
  problems,
  warnings: [],
});

const checked = (source: string, text: string, release: TargetRelease): PropertiesFile => {
  if (text.length > MAX_BYTES) {
    return broken(source, { path: '', message: 'is larger than 64 KiB' });
  }
  let content: unknown;
  try {
    content = readSyntax(source, text);
  } catch (error) {
    return broken(source, { path: '', message: `cannot be read: ${reason(error)}` });
  }
  const sections = Sections.safeParse(withoutExtensions(content ?? {}));
  if (!sections.success) {
    return broken(source, ...sectionProblems(sections.error));
  }
  const problems = SECTIONS.flatMap((section) =>
    checkProps(section, sections.data[section] ?? {}, release).map((problem) => ({
      path: problem.path === '' ? section : `${section}.${problem.path}`,
      message: problem.message,
    })),
  );
  if (problems.length > 0) {
    return broken(source, ...problems);
  }
  const properties = Object.fromEntries(
    SECTIONS.flatMap((section) => {
      const props = sections.data[section];
      return props === undefined || props === null ? [] : [[section, props]];
    }),
  );
  const warnings = SECTIONS.flatMap((section) =>
    keysWithoutEffect(section, sections.data[section] ?? {}).map((path) => ({
      path: `${section}.${path}`,
      message: NO_EFFECT,
    })),
  );
  return { source, properties, problems: [], warnings };
};

/** Files that look like the one that is read, and are not. */
const unread = async (folder: string, source: string): Promise<readonly FieldProblem[]> => {
  const names = await readdir(folder).catch((): string[] => []);
  return [...FILES, MISNAMED]
    .filter((name) => name !== source && names.includes(name))
    .map((name) => ({
      path: name,
      message: source === '' ? `is not read; rename it to ${FILES[0]}` : `is not read beside ${source}`,
    }));
};

const readFirst = async (folder: string, release: TargetRelease): Promise<PropertiesFile> => {
  for (const source of FILES) {
    const read = await textOf(path.join(folder, source));
    if (read.text !== undefined) {
      return checked(source, read.text, release);
    }
    if (read.code !== MISSING) {
      return broken(source, { path: '', message: `cannot be read: ${read.code}` });
    }
  }
  return { source: '', properties: {}, problems: [], warnings: [] };
};

/**
 * Reads and checks `properties.yml`, or `properties.json` where that is missing, of the project folder.
 *
 * @param folder the project folder
 * @param release the project's target release, which decides what is allowed
 * @returns the sections, or what is wrong with the file, also when it is there but cannot be read
 */
export const readProperties = async (folder: string, release: TargetRelease): Promise<PropertiesFile> => {
  const file = await readFirst(folder, release);
  const others = await unread(folder, file.source);
  return {
    ...file,
    source: file.source === '' ? (others[0]?.path ?? '') : file.source,
    warnings: [...file.warnings, ...others],
  };
};
