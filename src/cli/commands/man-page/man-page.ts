import { EXIT } from '../../exit-codes.ts';
import { DASHBOARD_FILE, DashboardFile } from '../../settings/dashboard-file.ts';
import type { CommandNode, OptionNode } from '../completion/command-tree.ts';
import { placedCommands } from '../completion/completion-words.ts';
import { EXAMPLES } from '../examples.ts';
import { item, paragraph, roffText, section, subsection, verbatim } from './roff.ts';

const EXIT_TEXTS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'Done.',
  failed: 'Failed; the lines on standard error say what happened and what to do.',
  usage: 'Wrong usage, or an input is missing.',
  noEngine: 'No container engine responds.',
  portTaken: 'The port is in use.',
  noImage: 'The image is unavailable.',
  interrupted: 'Interrupted by Ctrl-C.',
};

const VARIABLES: readonly (readonly [string, string])[] = [
  ['DOCKER_HOST, DOCKER_CONTEXT', 'Which container engine.'],
  ['NVFL_BASE_IMAGE', 'Base image of the image build.'],
  ['NVFL_CREDENTIAL', 'EMAIL[:PASSWORD[:ORG]] of the first project admin.'],
  ['NVFL_DASHBOARD_PP', "Passphrase of the root CA's key."],
  ['DATABASE_URL', 'Database of the project, instead of db.sqlite.'],
  [
    'NVFL_URL, NVFL_TOKEN_FILE, NVFL_CA_FILE',
    'Dashboard, access token and CA of the commands that use the API.',
  ],
  [
    'CREDENTIALS_DIRECTORY',
    'Set by systemd: passphrase, cred, secret-key and database-url are read from there.',
  ],
  ['NO_COLOR, FORCE_COLOR', 'Switch colors off or on; otherwise a terminal has them.'],
];

const optionText = ({ description, value }: OptionNode): string =>
  typeof value === 'object' ? `${description}: ${value.join(', ')}` : description;

const commandLines = (path: string, command: CommandNode, common: ReadonlySet<string>): readonly string[] => {
  const examples = EXAMPLES[path] ?? [];
  const own = command.options.filter(({ long }) => !common.has(long));
  return [
    subsection(`dashboard ${path}`),
    roffText(`${command.description.charAt(0).toUpperCase()}${command.description.slice(1)}.`),
    ...(command.commands.length > 0
      ? []
      : [
          ...verbatim([`dashboard ${path} ${command.usage}`.trimEnd()]),
          ...own.flatMap((option) => item(option.flags, optionText(option))),
          ...paragraph('Examples:'),
          ...verbatim(
            examples.flatMap(([line, purpose]) => (purpose === '' ? [line] : [`# ${purpose}`, line])),
          ),
        ]),
  ];
};

/**
 * Writes the manual page (man(7)) of the whole command line. Pure.
 *
 * @param date ISO 8601
 */
export const manPage = (tree: CommandNode, version: string, date: string): readonly string[] => {
  const commands = placedCommands(tree).filter(({ path }) => path !== '');
  // What `version` has, every command has.
  const shared = commands.find(({ path }) => path === 'version')?.command.options ?? [];
  const common = new Set(shared.map(({ long }) => long));
  return [
    `.TH DASHBOARD 1 ${date} "nvflare\\-dashboard ${version}" "NVIDIA FLARE dashboard"`,
    section('Name'),
    'dashboard \\- registration, approval and startup kits for NVIDIA FLARE projects',
    section('Synopsis'),
    '.B dashboard',
    '.RI [ options ]',
    '.RI [ command ]',
    section('Description'),
    'Starts and operates a dashboard, in a container or as a plain process, and works with its project.',
    ...paragraph(
      'The options of the program itself, with --start and --stop, are those of the commands start and stop.',
    ),
    section('Common options'),
    ...shared.flatMap((option) => item(option.flags, optionText(option))),
    section('Commands'),
    ...commands.flatMap(({ path, command }) => commandLines(path, command, common)),
    section('Settings file'),
    `The file ${DASHBOARD_FILE} in the project folder holds settings of start, one a line (setting: value).`,
    ...paragraph(
      'Options win, then the environment, credentials of systemd, the file, what the running dashboard has, and the default.',
    ),
    ...Object.entries(DashboardFile.shape).flatMap(([name, { description }]) =>
      item(name, description ?? ''),
    ),
    section('Environment'),
    ...VARIABLES.flatMap(([name, text]) => item(name, text)),
    section('Exit status'),
    ...Object.entries(EXIT_TEXTS).flatMap(([name, text]) => item(String(Reflect.get(EXIT, name)), text)),
    section('Files'),
    ...item('db.sqlite, cert/web.crt, cert/web.key, dashboard.yaml', 'In the project folder.'),
    section('See also'),
    '.BR docker (1),',
    '.BR podman (1),',
    '.BR systemctl (1)',
  ];
};
