import type { Handler } from '../../handler.ts';
import type { CommandTree } from './command-tree.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const words = (tree: CommandTree): string =>
  [...tree.commands.map(({ name }) => name), ...tree.options].join(' ');

const bashCase = (tree: CommandTree, path: string): readonly string[] => [
  `    ${quoted(path)}) words=${quoted(words(tree))} ;;`,
  ...tree.commands.flatMap((inner) => bashCase(inner, path === '' ? inner.name : `${path} ${inner.name}`)),
];

const innerPaths = (tree: CommandTree, path: string): readonly string[] =>
  tree.commands.flatMap((inner) => {
    const own = path === '' ? inner.name : `${path} ${inner.name}`;
    return [own, ...innerPaths(inner, own)];
  });

const bash = (tree: CommandTree): readonly string[] => [
  '_dashboard() {',
  '  local current="${COMP_WORDS[COMP_CWORD]}" path="" words="" index',
  '  for ((index = 1; index < COMP_CWORD; index++)); do',
  `    case "\${path:+$path }\${COMP_WORDS[index]}" in`,
  `      ${innerPaths(tree, '').map(quoted).join('|')}) path="\${path:+$path }\${COMP_WORDS[index]}" ;;`,
  '    esac',
  '  done',
  '  case "$path" in',
  ...bashCase(tree, ''),
  '  esac',
  '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
  '}',
  'complete -o default -F _dashboard dashboard nvflare-dashboard',
];

const fish = (tree: CommandTree): readonly string[] => [
  'complete -c dashboard -n __fish_use_subcommand -l start -d "start the dashboard"',
  'complete -c dashboard -n __fish_use_subcommand -l stop -d "stop the dashboard"',
  ...tree.commands.flatMap(({ name, description, options, commands }) => [
    `complete -c dashboard -f -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...commands.map(
      (inner) =>
        `complete -c dashboard -f -n '__fish_seen_subcommand_from ${name}' -a ${inner.name} -d ${quoted(inner.description)}`,
    ),
    ...options.map(
      (option) => `complete -c dashboard -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`,
    ),
  ]),
];

/** zsh runs bash's functions. */
const zsh = (tree: CommandTree): readonly string[] => [
  'autoload -U +X compinit && compinit',
  'autoload -U +X bashcompinit && bashcompinit',
  ...bash(tree),
];

/** `dashboard completion SHELL`: a script for the shell, from the commands as they are. */
export const completionOf =
  (tree: CommandTree): Handler =>
  (_flags, [shell]) => {
    const lines = shell === 'fish' ? fish(tree) : shell === 'zsh' ? zsh(tree) : bash(tree);
    return Promise.resolve({ data: { shell, script: lines.join('\n') }, lines });
  };
