import type { Command } from 'commander';
import { makeProgram } from '../../src/cli/program.ts';
import { emptyRuntime } from './run-command.ts';

/** A command that does something, rather than a group of commands. */
export interface Leaf {
  /** Its words: `image build`. */
  readonly name: string;
  readonly words: readonly string[];
  readonly command: Command;
}

const visibleOf = (command: Command, words: readonly string[]): readonly Leaf[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((inner) => command.commands.includes(inner))
    .map((inner) => ({
      name: [...words, inner.name()].join(' '),
      words: [...words, inner.name()],
      command: inner,
    }))
    .flatMap((leaf) => [leaf, ...visibleOf(leaf.command, leaf.words)]);

/** Returns every command and group of commands that the help lists. */
export const everyCommandAndGroup = (): readonly Leaf[] =>
  visibleOf(
    makeProgram(emptyRuntime([]), { found: () => undefined, print: () => undefined, enter: () => undefined }),
    [],
  );

/** Returns every command that the help lists. */
export const everyCommand = (): readonly Leaf[] =>
  everyCommandAndGroup().filter(({ command }) => command.commands.length === 0);

/** Returns words that satisfy what a command requires. */
export const requiredWords = ({ registeredArguments, options }: Command): readonly string[] => [
  ...registeredArguments
    .filter((argument) => argument.required)
    .map(({ argChoices }) => argChoices?.[0] ?? 'word'),
  ...options
    .filter((option) => option.mandatory)
    .flatMap((option) => [option.long ?? '', option.argChoices?.[0] ?? 'word']),
];

export const hasOption = ({ options }: Command, long: string): boolean =>
  options.some((option) => option.long === long);
