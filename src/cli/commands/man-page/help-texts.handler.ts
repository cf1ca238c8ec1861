import type { Command } from 'commander';
import type { Handler } from '../../handler.ts';

/** Returns the help as commander prints it. */
const helpOf = (command: Command): string => {
  let text = '';
  command.configureOutput({
    ...command.configureOutput(),
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return `${text.trimEnd()}\n`;
};

const textsOf = (command: Command, words: readonly string[]): readonly (readonly [string, string])[] => [
  [words.join(' '), helpOf(command)],
  ...command
    .createHelp()
    .visibleCommands(command)
    .filter((inner) => command.commands.includes(inner))
    .flatMap((inner) => textsOf(inner, [...words, inner.name()])),
];

/** `dashboard man-page --help-texts`: by its words, the help of each command that the help lists. */
export const helpTextsOf =
  (program: Command): Handler =>
  () => {
    const texts = Object.fromEntries(textsOf(program, []));
    return Promise.resolve({ data: { texts }, lines: [JSON.stringify(texts)] });
  };
