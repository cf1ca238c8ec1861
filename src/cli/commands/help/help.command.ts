import { Command } from 'commander';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { similarWord } from '../../../contract/similar-word.ts';

/** @returns the usage error for a word that names no command */
export const unknownCommand = (word: string, commands: readonly Command[]): Error => {
  const similar = similarWord(
    word,
    commands.map((command) => command.name()),
  );
  const hint = similar === undefined ? '' : ` Did you mean "${similar}"?`;
  return CLI_ERRORS.usage({ what: `There is no command "${word}".${hint}` });
};

/** `dashboard help [COMMAND]`. */
export const helpCommand = (program: Command): Command =>
  new Command('help')
    .description('print the help of a command')
    .argument('[command...]')
    .action((words: readonly string[]) => {
      let command = program;
      for (const word of words) {
        const next = command.commands.find((candidate) => candidate.name() === word);
        if (next === undefined) {
          throw unknownCommand(word, command.commands);
        }
        command = next;
      }
      command.outputHelp();
    });
