import type { CommandNode, OptionNode, ValueKind } from './command-tree.ts';

/** A command, with the words that call it. */
export interface PlacedCommand {
  /** `image build`; empty for the program itself. */
  readonly path: string;
  readonly command: CommandNode;
}

/** Lists a command and all below it. */
export const placedCommands = (command: CommandNode, path = ''): readonly PlacedCommand[] => [
  { path, command },
  ...command.commands.flatMap((inner) =>
    placedCommands(inner, path === '' ? inner.name : `${path} ${inner.name}`),
  ),
];

/** Everything that can follow a command: its commands, the words of its argument, its options. */
export const wordsOf = ({ argument, commands, options }: CommandNode): readonly string[] => [
  ...commands.map(({ name }) => name),
  ...(typeof argument === 'object' ? argument : []),
  ...options.map(({ long }) => long),
];

/** The options that take a value, once each; where it differs between commands, a list of words counts. */
export const valueOptions = (
  placed: readonly PlacedCommand[],
): readonly (OptionNode & { readonly value: ValueKind })[] => {
  const found = new Map<string, OptionNode & { readonly value: ValueKind }>();
  for (const option of placed.flatMap(({ command }) => command.options)) {
    const { value } = option;
    if (value !== undefined && (typeof value === 'object' || !found.has(option.long))) {
      found.set(option.long, { ...option, value });
    }
  }
  return [...found.values()];
};

/** Quotes a text for bash, zsh and fish alike. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
