import { ROLES } from '../../../contract/roles.ts';
import type { CommandNode, ValueKind } from './command-tree.ts';
import { placedCommands, quoted, valueOptions, wordsOf } from './completion-words.ts';

/** A kind as the scripts write it: a list of words begins with a colon. */
const kindText = (kind: ValueKind): string => (typeof kind === 'string' ? kind : `:${kind.join(' ')}`);

const ROLE_WORDS = ROLES.join(' ');

/** The cases of both shells: which words follow a command, and what a value is. */
const tables = (tree: CommandNode) => {
  const placed = placedCommands(tree);
  const inner = placed.filter(({ path }) => path !== '');
  return {
    paths: inner.map(({ path }) => quoted(path)).join('|'),
    words: placed.map(
      ({ path, command }) => `    ${quoted(path)}) list=${quoted(wordsOf(command).join(' '))} ;;`,
    ),
    values: valueOptions(placed).map(({ long, short, value }) => {
      const names = short === undefined ? long : `${long}|${short}`;
      return `    ${names}) kind=${quoted(kindText(value))} ;;`;
    }),
    files: inner
      .filter(({ command }) => typeof command.argument === 'string' && command.argument !== 'text')
      .map(
        ({ path, command }) => `    ${quoted(path)}) kind=${quoted(kindText(command.argument ?? 'text'))} ;;`,
      ),
  };
};

/** The function for bash. */
export const bashScript = (tree: CommandNode): readonly string[] => {
  const { paths, words, values, files } = tables(tree);
  return [
    '_dashboard() {',
    '  local full="${COMP_LINE:0:COMP_POINT}" before="${COMP_WORDS[COMP_CWORD-1]}" where="" kind="" list="" index cut',
    '  full="${full##* }"',
    // Such as that of `reissue --role EMAIL=ROLE`.
    `  [[ "$full" == *@*=* ]] && kind=":${ROLE_WORDS}"`,
    '  [[ "${COMP_WORDS[COMP_CWORD]}" == "=" || "$before" == "=" ]] && before="${full%%=*}" && full="${full#*=}"',
    '  for ((index = 1; index < COMP_CWORD; index++)); do',
    '    case "${where:+$where }${COMP_WORDS[index]}" in',
    `      ${paths}) where="\${where:+$where }\${COMP_WORDS[index]}" ;;`,
    '    esac',
    '  done',
    '  case "$before" in',
    ...values,
    '  esac',
    '  if [[ -z "$kind" && "$full" != -* ]]; then',
    '    case "$where" in',
    ...files,
    '    esac',
    '  fi',
    '  case "$where" in',
    ...words,
    '  esac',
    '  case "$kind" in',
    '    file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$full"); return ;;',
    '    folder) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$full"); return ;;',
    '    name|image) list="$("${COMP_WORDS[0]}" complete-values "$kind" 2>/dev/null)" ;;',
    '    text) return ;;',
    '    :*) list="${kind:1}" ;;',
    '  esac',
    '  mapfile -t COMPREPLY < <(compgen -W "$list" -- "$full")',
    // Bash takes what follows a colon for a word of its own.
    '  if [[ "$full" == *:* && "$COMP_WORDBREAKS" == *:* ]]; then',
    '    cut="${full%"${full##*:}"}"',
    '    COMPREPLY=("${COMPREPLY[@]#"$cut"}")',
    '  fi',
    '}',
    'complete -F _dashboard dashboard nvflare-dashboard',
  ];
};

/** The function for zsh, where `path` is taken. */
export const zshScript = (tree: CommandNode): readonly string[] => {
  const { paths, words, values, files } = tables(tree);
  return [
    '#compdef dashboard nvflare-dashboard',
    '_dashboard() {',
    '  local current="${words[CURRENT]}" before="${words[CURRENT-1]}" where="" kind="" list="" index',
    '  if [[ "$current" == --*=* ]]; then before="${current%%=*}"; compset -P "*="; fi',
    `  if [[ "$current" == *@*=* ]]; then before=""; compset -P "*="; kind=":${ROLE_WORDS}"; fi`,
    '  for ((index = 2; index < CURRENT; index++)); do',
    '    case "${where:+$where }${words[index]}" in',
    `      (${paths}) where="\${where:+$where }\${words[index]}" ;;`,
    '    esac',
    '  done',
    '  case "$before" in',
    ...values,
    '  esac',
    '  if [[ -z "$kind" && "$current" != -* ]]; then',
    '    case "$where" in',
    ...files,
    '    esac',
    '  fi',
    '  case "$where" in',
    ...words,
    '  esac',
    '  case "$kind" in',
    '    file) _files ;;',
    '    folder) _files -/ ;;',
    '    name|image) compadd -- ${(f)"$("${words[1]}" complete-values "$kind" 2>/dev/null)"} ;;',
    '    text) ;;',
    '    :*) compadd -- ${=kind#:} ;;',
    '    *) compadd -- ${=list} ;;',
    '  esac',
    '}',
    '(( $+functions[compdef] )) || { autoload -U compinit && compinit; }',
    'compdef _dashboard dashboard nvflare-dashboard',
  ];
};

const fishValue = (kind: ValueKind): string => {
  if (typeof kind === 'object') {
    return ` -x -a ${quoted(kind.join(' '))}`;
  }
  switch (kind) {
    case 'file':
      return ' -r -F';
    case 'folder':
      return " -x -a '(__fish_complete_directories)'";
    case 'name':
    case 'image':
      return ` -x -a '(dashboard complete-values ${kind})'`;
    case 'email=role':
      return ` -x -a '(string match -r "^[^=]+@[^=]*=" -- (commandline -ct)){${ROLES.join(',')}}'`;
    case 'text':
      return ' -x';
  }
};

/** The lines for fish. */
export const fishScript = (tree: CommandNode): readonly string[] => {
  const lines = placedCommands(tree).flatMap(({ path, command }) => {
    const seen = path.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
    const deeper = command.commands.map(({ name }) => name).join(' ');
    const condition =
      path === ''
        ? '__fish_use_subcommand'
        : [...seen, ...(deeper === '' ? [] : [`not __fish_seen_subcommand_from ${deeper}`])].join('; and ');
    const begin = `complete -c dashboard -n ${quoted(condition)}`;
    const { argument } = command;
    return [
      ...command.commands.map(({ name, description }) => `${begin} -f -a ${name} -d ${quoted(description)}`),
      ...command.options.map(({ long, short, description, value }) => {
        const shortFlag = short === undefined ? '' : ` -s ${short.slice(1)}`;
        const kind = value === undefined ? '' : fishValue(value);
        return `${begin} -l ${long.slice(2)}${shortFlag}${kind} -d ${quoted(description)}`;
      }),
      ...(argument === undefined || argument === 'text' ? [] : [`${begin}${fishValue(argument)}`]),
    ];
  });
  return ['complete -c dashboard -f', ...lines, 'complete -c nvflare-dashboard -w dashboard'];
};
