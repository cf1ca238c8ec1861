import type { Command } from 'commander';

/** What can be typed after a command. */
export interface CommandTree {
  readonly name: string;
  readonly description: string;
  /** Long options, with their dashes. */
  readonly options: readonly string[];
  readonly commands: readonly CommandTree[];
}

/** The commands and options of a program, as commander knows them. */
export const commandTree = (command: Command): CommandTree => ({
  name: command.name(),
  description: command.description(),
  options: [...command.options.flatMap(({ long }) => (typeof long === 'string' ? [long] : [])), '--help'],
  commands: command.commands.map(commandTree),
});
