import type { Argument, Command, Option } from 'commander';

/** Describes what a value is, for completing it: a fixed list of words, or a kind of thing. */
export type ValueKind = 'file' | 'folder' | 'name' | 'image' | 'email=role' | 'text' | readonly string[];

export interface OptionNode {
  /** With its dashes. */
  readonly long: string;
  /** With its dash. */
  readonly short: string | undefined;
  /** As written in the help: `-p, --port <port>`. */
  readonly flags: string;
  readonly description: string;
  /** Undefined: it takes no value. */
  readonly value: ValueKind | undefined;
}

/** Words that can be typed after a command. */
export interface CommandNode {
  readonly name: string;
  readonly description: string;
  /** As written in the help: `[options] <file>`. */
  readonly usage: string;
  /** Kind of its first argument; undefined: it takes none. */
  readonly argument: ValueKind | undefined;
  readonly options: readonly OptionNode[];
  readonly commands: readonly CommandNode[];
}

const FILE_OPTIONS = /-file$|^--(ca|bundle|passwords|output)$/;
const FOLDER_OPTIONS = /^--(folder|state)$/;
const IMAGE_OPTIONS = /^--(base-)?image$/;
const FILE_ARGUMENTS = new Set(['file', 'project', 'target']);

const optionKind = (long: string, { flags, required, argChoices }: Option): ValueKind | undefined => {
  if (!required) {
    return undefined;
  }
  if (argChoices !== undefined) {
    return argChoices;
  }
  if (long === '--name') {
    return 'name';
  }
  if (flags.endsWith('<email=role>')) {
    return 'email=role';
  }
  if (IMAGE_OPTIONS.test(long)) {
    return 'image';
  }
  return FOLDER_OPTIONS.test(long) ? 'folder' : FILE_OPTIONS.test(long) ? 'file' : 'text';
};

const argumentKind = (argument: Argument | undefined): ValueKind | undefined => {
  if (argument === undefined) {
    return undefined;
  }
  const name = argument.name();
  return argument.argChoices ?? (name === 'image' ? 'image' : FILE_ARGUMENTS.has(name) ? 'file' : 'text');
};

const HELP: OptionNode = {
  long: '--help',
  short: '-h',
  flags: '-h, --help',
  description: 'print this help',
  value: undefined,
};

const optionNode = (option: Option): readonly OptionNode[] => {
  const { long, short, flags, description, hidden } = option;
  if (typeof long !== 'string' || hidden) {
    return [];
  }
  return [{ long, short, flags, description, value: optionKind(long, option) }];
};

/** The commands and options of a program, as commander knows them. */
export const commandTree = (command: Command): CommandNode => {
  // Without the command `help` that commander adds to each group.
  const visible = command.createHelp().visibleCommands(command);
  const commands = command.commands.filter((inner) => visible.includes(inner));
  return {
    name: command.name(),
    description: command.description(),
    usage: command.usage(),
    argument: argumentKind(command.registeredArguments[0]),
    options: [...command.options.flatMap(optionNode), HELP],
    commands: commands.map(commandTree),
  };
};
