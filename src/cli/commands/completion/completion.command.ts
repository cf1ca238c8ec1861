import { Argument, Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { addCommonFlags } from '../flags.ts';
import { commandTree } from './command-tree.ts';

export const completionCommand = (dispatch: Dispatch): Command => {
  const command = addCommonFlags(new Command('completion'))
    .description('print a completion script: source <(dashboard completion bash)')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']));
  return command.action(
    dispatch(async () => {
      const { completionOf } = await import('./completion.handler.ts');
      return completionOf(commandTree(command.parent ?? command));
    }),
  );
};

/** Called by the scripts, and hidden from the help. */
export const completeValuesCommand = (dispatch: Dispatch): Command =>
  addCommonFlags(new Command('complete-values'))
    .description('print the names of dashboards, or of images, one a line')
    .addArgument(new Argument('<kind>').choices(['name', 'image']))
    .action(dispatch(async () => (await import('./complete-values.handler.ts')).completeValues));
