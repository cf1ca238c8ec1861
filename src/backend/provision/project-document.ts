import { z } from 'zod';
import { StartError } from '../context/start-error.ts';
import { readYaml, SyntaxProblem, type YamlLimits } from '../services/project/properties-syntax.ts';

/** A mapping as YAML gives it, before anything in it is trusted. */
export type Mapping = Readonly<Record<string, unknown>>;
export const Mapping = z.record(z.string(), z.unknown());

/** Writes a value of any kind as a person would read it. */
export const shown = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

/** Returns a mapping with some of its keys left out. */
export const without = (mapping: Mapping, ...keys: readonly string[]): Mapping =>
  Object.fromEntries(Object.entries(mapping).filter(([key]) => !keys.includes(key)));

/** A `project.yml` of `nvflare provision`, in its outer form. */
export interface ProjectDocument {
  readonly settings: Mapping;
  readonly participants: readonly Mapping[];
  readonly builders: readonly Mapping[];
}

const ADVICE = 'Give the project.yml that `nvflare provision -p` was run with.';

/** @returns the error for a file that is not such a project */
export const unusable = (what: string, cause?: unknown): StartError =>
  new StartError('failed', `The project file cannot be imported: ${what}.`, ADVICE, { cause });

const mappings = (value: unknown, name: string): readonly Mapping[] => {
  const list = z.array(Mapping).safeParse(value ?? []);
  if (!list.success) {
    throw unusable(`"${name}" is not a list of mappings`);
  }
  return list.data;
};

/** A project of thousands of sites, each with its aliases. */
const LIMITS: YamlLimits = { maxAliases: 20_000, maxExpanded: 16 * 1024 ** 2, uniqueKeys: false };

const readText = (text: string): unknown => {
  try {
    // A bare carriage return is a line break in YAML.
    return readYaml(text.replaceAll(/\r\n?/g, '\n'), LIMITS);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) {
      throw error;
    }
    throw unusable(`${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`, error);
  }
};

/**
 * Reads YAML as NVFLARE's reader (PyYAML) does: version 1.1 with its `yes` and `no`, anchors and merge keys, and the
 * last of equal keys.
 *
 * @throws StartError when it is no project
 */
export const readProjectDocument = (text: string): ProjectDocument => {
  const content = Mapping.safeParse(readText(text));
  if (!content.success) {
    throw unusable('it is not a YAML mapping');
  }
  const { participants, builders, ...settings } = content.data;
  return {
    settings,
    participants: mappings(participants, 'participants'),
    builders: mappings(builders, 'builders'),
  };
};
