import { Argument, Command } from 'commander';
import type { Dispatch } from '../../handler.ts';
import { commandTree } from './command-tree.ts';

export const completionCommand = (dispatch: Dispatch): Command => {
  const command = new Command('completion')
    .description('print a completion script: source <(dashboard completion bash)')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']));
  return command.action(
    dispatch(async () => {
      const { completionOf } = await import('./completion.handler.ts');
      return completionOf(commandTree(command.parent ?? command));
    }),
  );
};
