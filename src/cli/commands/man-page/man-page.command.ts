import { Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { commandTree } from '../completion/command-tree.ts';
import { addCommonFlags } from '../flags.ts';

/** Called when the package is built, and hidden from the help. */
export const manPageCommand = (dispatch: Dispatch): Command => {
  const command = addCommonFlags(new Command('man-page')).description('print the manual page');
  return command.action(
    dispatch(async () => {
      const { manPageOf } = await import('./man-page.handler.ts');
      return manPageOf(commandTree(command.parent ?? command));
    }),
  );
};
