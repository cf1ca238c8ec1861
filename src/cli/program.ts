import { Command, type CommandOptions } from 'commander';
import { adminCommand } from './commands/admin/admin.command.ts';
import { applyCommand, exportCommand } from './commands/apply/apply.command.ts';
import { auditCommand } from './commands/audit/audit.command.ts';
import { backupCommand } from './commands/backup/backup.command.ts';
import { databaseCommand } from './commands/database/database.command.ts';
import { passphraseCommand } from './commands/passphrase/passphrase.command.ts';
import { restoreCommand } from './commands/restore/restore.command.ts';
import { completeValuesCommand, completionCommand } from './commands/completion/completion.command.ts';
import { doctorCommand } from './commands/doctor/doctor.command.ts';
import { helpCommand, unknownCommand } from './commands/help/help.command.ts';
import { imageCommand } from './commands/image/image.command.ts';
import { listCommand } from './commands/list/list.command.ts';
import { kitCommand } from './commands/kit/kit.command.ts';
import { loginCommand, logoutCommand } from './commands/login/login.command.ts';
import { organizationsCommand } from './commands/organizations/organizations.command.ts';
import { projectCommand } from './commands/project/project.command.ts';
import { reissueCommand } from './commands/reissue/reissue.command.ts';
import { enrolmentCommand } from './commands/enrolment/enrolment.command.ts';
import { requestCommand } from './commands/request/request.command.ts';
import { invitationsCommand, inviteCommand } from './commands/invitations/invitations.command.ts';
import { sitesCommand } from './commands/sites/sites.command.ts';
import { mailCommand } from './commands/mail/mail.command.ts';
import { webhooksCommand } from './commands/webhooks/webhooks.command.ts';
import { usersCommand } from './commands/users/users.command.ts';
import { importCommand } from './commands/import/import.command.ts';
import { logsCommand } from './commands/logs/logs.command.ts';
import { openCommand } from './commands/open/open.command.ts';
import { configCommand } from './commands/config/config.command.ts';
import { serviceCommand } from './commands/service/service.command.ts';
import { exampleText } from './commands/examples.ts';
import { manPageCommand } from './commands/man-page/man-page.command.ts';
import { planCommand } from './commands/plan/plan.command.ts';
import { resetCommand } from './commands/reset/reset.command.ts';
import { rootCommand } from './commands/root/root.command.ts';
import { restartCommand } from './commands/restart/restart.command.ts';
import { statusCommand } from './commands/status/status.command.ts';
import { versionCommand } from './commands/version/version.command.ts';
import { unsealCommand } from './commands/unseal/unseal.command.ts';
import { upgradeCommand } from './commands/upgrade/upgrade.command.ts';
import { tlsCommand } from './commands/tls/tls.command.ts';
import { startCommand } from './commands/start/start.command.ts';
import { stopCommand } from './commands/stop/stop.command.ts';
import {
  addApplyFlag,
  addGenerateFlag,
  addCommonFlags,
  addStartFlags,
  addTargetFlags,
} from './commands/flags.ts';
import { CLI_ERRORS } from './errors/cli-errors.ts';
import type { Dispatch, Handler, Invocation } from './handler.ts';
import { readText } from './settings/flag-values.ts';
import { packageVersion } from './package-version.ts';
import type { Runtime } from './runtime.ts';

const EXAMPLES = `
Examples:
  dashboard --start                                  in the current folder, on port 443
  dashboard start -f ./project -p 8443               another folder and port
  dashboard start --cred admin@example.org:SECRET:org   unattended
  dashboard start --local -p 8443                    without a container engine
  dashboard --stop

HTTPS is served when the folder holds cert/web.crt and cert/web.key, else HTTP.
Exit codes: 0 done, 1 failed, 2 wrong usage or missing input, 3 no container engine,
            4 port taken, 5 image unavailable, 130 interrupted.`;

/** All commands, under the headings of the help. */
const COMMANDS: Readonly<Record<string, readonly ((dispatch: Dispatch) => Command)[]>> = {
  'Run a dashboard:': [
    startCommand,
    stopCommand,
    restartCommand,
    statusCommand,
    listCommand,
    logsCommand,
    openCommand,
    upgradeCommand,
    planCommand,
    configCommand,
    serviceCommand,
  ],
  'Its project, on this host:': [
    backupCommand,
    restoreCommand,
    resetCommand,
    databaseCommand,
    importCommand,
    adminCommand,
    auditCommand,
    passphraseCommand,
    rootCommand,
    unsealCommand,
    tlsCommand,
    doctorCommand,
    imageCommand,
  ],
  'Through its API, on any host:': [
    loginCommand,
    logoutCommand,
    projectCommand,
    organizationsCommand,
    inviteCommand,
    invitationsCommand,
    usersCommand,
    sitesCommand,
    kitCommand,
    requestCommand,
    reissueCommand,
    mailCommand,
    webhooksCommand,
    enrolmentCommand,
    applyCommand,
    exportCommand,
  ],
  'This command:': [completionCommand, versionCommand],
};

/** Loads the handler that `--start` or `--stop` asks for. */
const originalVerb = (program: Command): (() => Promise<Handler>) => {
  const [unknown] = program.args;
  if (unknown !== undefined) {
    throw unknownCommand(unknown, program.commands);
  }
  const { start, stop } = program.opts();
  if (start === true && stop === true) {
    throw CLI_ERRORS.usage({ what: '--start and --stop exclude each other.' });
  }
  if (start === true) {
    return async () => (await import('./commands/start/start.handler.ts')).start;
  }
  if (stop === true) {
    return async () => (await import('./commands/stop/stop.handler.ts')).stop;
  }
  throw CLI_ERRORS.usage({ what: 'Nothing to do: neither --start, --stop nor a command was given.' });
};

/** Rejects `--start` or `--stop` beside a command, which would otherwise be ignored. */
const refuseVerbs = (program: Command, command: Command): void => {
  const { start, stop } = program.opts();
  if (start !== true && stop !== true) {
    return;
  }
  const verb = start === true ? '--start' : '--stop';
  throw CLI_ERRORS.usage({ what: `${verb} cannot be combined with the command "${command.name()}".` });
};

/** Who is told what is found while the arguments are read. */
export interface ProgramListener {
  /** Takes what the arguments ask for; parsing itself does nothing. */
  readonly found: (invocation: Invocation) => void;
  /** Takes help and version. */
  readonly print: (text: string) => void;
  /** Takes the words of each command whose arguments are being read, such as `image build`. */
  readonly enter: (command: string) => void;
}

/** Widths for which the build writes the help down, so that it is printed without loading anything. */
const HELP_WIDTHS = [100, 80];

/** Of the terminal, or else of COLUMNS; long lines are hard to read, so that there is a most. */
const helpWidth = ({ stdout, environment }: Runtime): number => {
  const columns = stdout.columns ?? (Number(environment['COLUMNS']) || Infinity);
  return HELP_WIDTHS.find((width) => width <= columns) ?? columns;
};

/** The words that call a command, without the program's name. */
const wordsOf = (command: Command): string => {
  const { parent } = command;
  return parent === null ? '' : `${wordsOf(parent)} ${command.name()}`.trim();
};

/**
 * The whole command line: the options of NVIDIA's dashboard, and subcommands.
 *
 * @throws CommanderError, CliError on wrong usage
 */
export const makeProgram = (runtime: Runtime, { found, print, enter }: ProgramListener): Command => {
  const configure = (command: Command): Command =>
    command
      .exitOverride()
      .configureOutput({
        writeOut: print,
        // Errors are worded in one place, with their advice.
        outputError: () => undefined,
        // The help of a group given without its command.
        writeErr: print,
        getOutHelpWidth: () => helpWidth(runtime),
      })
      .hook('preSubcommand', (_parent, inner) => {
        enter(wordsOf(inner));
      });
  const dispatch: Dispatch =
    (load) =>
    (...received) => {
      const command = received.at(-1);
      if (command instanceof Command) {
        refuseVerbs(program, command);
        // The option nearer to the command wins.
        const flags = { ...program.opts(), ...command.opts() };
        found({ load, command: wordsOf(command), flags, words: command.args });
      }
    };
  const program = configure(new Command(runtime.checkout ? 'npm run dashboard --' : 'dashboard'))
    .description("NVIDIA FLARE's dashboard: projects, sites, people, and their startup kits")
    .usage('[options] [command]')
    .version(packageVersion(runtime.packageRoot), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--start', 'start the dashboard')
    .option('--stop', 'stop the dashboard')
    .enablePositionalOptions()
    .allowExcessArguments()
    .addHelpText('after', EXAMPLES);
  addCommonFlags(addGenerateFlag(addApplyFlag(addStartFlags(addTargetFlags(program))))).action(() => {
    if (runtime.argv.length === 0) {
      program.outputHelp();
      return;
    }
    found({ load: originalVerb(program), command: '', flags: program.opts(), words: [] });
  });
  requireValues(program);
  for (const [heading, commands] of Object.entries(COMMANDS)) {
    for (const make of commands) {
      configureAll(make(dispatch).helpGroup(heading), configure, program);
    }
  }
  for (const make of [completeValuesCommand, manPageCommand]) {
    configureAll(make(dispatch), configure, program, { hidden: true });
  }
  configureAll(addCommonFlags(helpCommand(program)).helpGroup('This command:'), configure, program);
  return program;
};

/** Lets an option or argument reject an empty value, such as that of an unset variable. */
const requireValues = (command: Command): void => {
  for (const option of command.options) {
    if (option.required && option.parseArg === undefined) {
      option.argParser(readText(option.long ?? option.flags));
    }
  }
  for (const argument of command.registeredArguments) {
    if (argument.parseArg === undefined) {
      const read = readText(`<${argument.name()}>`);
      const readMore = (text: string, earlier: unknown): readonly string[] => [
        ...(Array.isArray(earlier) ? earlier.map(String) : []),
        read(text),
      ];
      argument.argParser(argument.variadic ? readMore : read);
    }
  }
};

/** Adds a command; its own commands get the same manners. */
const configureAll = (
  command: Command,
  configure: (command: Command) => Command,
  parent: Command,
  options: CommandOptions = {},
): void => {
  parent.addCommand(command, options);
  for (const one of [command, ...command.commands]) {
    requireValues(configure(one).helpOption('-h, --help', 'print this help'));
    one.addHelpText('after', exampleText(wordsOf(one)));
  }
};
