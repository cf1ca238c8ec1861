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

const leavesOf = (command: Command, words: readonly string[]): readonly Leaf[] =>
  command.commands.length === 0
    ? [{ name: words.join(' '), words, command }]
    : command
        .createHelp()
        .visibleCommands(command)
        .filter((inner) => command.commands.includes(inner))
        .flatMap((inner) => leavesOf(inner, [...words, inner.name()]));

/** Returns every command that the help lists. */
export const everyCommand = (): readonly Leaf[] =>
  leavesOf(
    makeProgram(emptyRuntime([]), { found: () => undefined, print: () => undefined, enter: () => undefined }),
    [],
  );

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
