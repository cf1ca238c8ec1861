import type { Handler } from '../../handler.ts';
import type { CommandNode } from './command-tree.ts';
import { bashScript, fishScript, zshScript } from './shell-scripts.ts';

/** `dashboard completion SHELL`: a script for the shell, from the commands as they are. */
export const completionOf =
  (tree: CommandNode): Handler =>
  (_flags, [shell]) => {
    const lines = shell === 'fish' ? fishScript(tree) : shell === 'zsh' ? zshScript(tree) : bashScript(tree);
    return Promise.resolve({ data: { shell, script: lines.join('\n') }, lines });
  };
