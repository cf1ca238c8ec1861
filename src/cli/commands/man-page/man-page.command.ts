import { Command, Option } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { commandTree } from '../completion/command-tree.ts';
import { addCommonFlags } from '../flags.ts';

/** Called when the package is built, and hidden from the help. */
export const manPageCommand = (dispatch: Dispatch): Command => {
  const command = addCommonFlags(new Command('man-page'))
    .description('print the manual page')
    .addOption(new Option('--help-texts', 'print the help of every command as JSON').hideHelp());
  return command.action(
    dispatch(async () => {
      const program = command.parent ?? command;
      if (command.opts()['helpTexts'] === true) {
        const { helpTextsOf } = await import('./help-texts.handler.ts');
        return helpTextsOf(program);
      }
      const { manPageOf } = await import('./man-page.handler.ts');
      return manPageOf(commandTree(program));
    }),
  );
};
