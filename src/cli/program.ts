import { Command } from 'commander';
import { adminCommand } from './commands/admin/admin.command.ts';
import { applyCommand, exportCommand } from './commands/apply/apply.command.ts';
import { backupCommand } from './commands/backup/backup.command.ts';
import { databaseCommand } from './commands/database/database.command.ts';
import { passphraseCommand } from './commands/passphrase/passphrase.command.ts';
import { restoreCommand } from './commands/restore/restore.command.ts';
import { completionCommand } from './commands/completion/completion.command.ts';
import { doctorCommand } from './commands/doctor/doctor.command.ts';
import { helpCommand, unknownCommand } from './commands/help/help.command.ts';
import { imageCommand } from './commands/image/image.command.ts';
import { listCommand } from './commands/list/list.command.ts';
import { kitCommand } from './commands/kit/kit.command.ts';
import { loginCommand, logoutCommand } from './commands/login/login.command.ts';
import { projectCommand } from './commands/project/project.command.ts';
import { sitesCommand } from './commands/sites/sites.command.ts';
import { usersCommand } from './commands/users/users.command.ts';
import { importCommand } from './commands/import/import.command.ts';
import { logsCommand } from './commands/logs/logs.command.ts';
import { openCommand } from './commands/open/open.command.ts';
import { planCommand } from './commands/plan/plan.command.ts';
import { resetCommand } from './commands/reset/reset.command.ts';
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
import { FAULTS } from './errors/faults.ts';
import type { Dispatch, Handler, Invocation } from './handler.ts';
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

const COMMANDS: readonly ((dispatch: Dispatch) => Command)[] = [
  startCommand,
  stopCommand,
  statusCommand,
  listCommand,
  logsCommand,
  restartCommand,
  upgradeCommand,
  planCommand,
  openCommand,
  resetCommand,
  backupCommand,
  restoreCommand,
  databaseCommand,
  importCommand,
  adminCommand,
  passphraseCommand,
  tlsCommand,
  doctorCommand,
  unsealCommand,
  imageCommand,
  loginCommand,
  logoutCommand,
  projectCommand,
  usersCommand,
  sitesCommand,
  kitCommand,
  applyCommand,
  exportCommand,
  completionCommand,
  versionCommand,
];

/** Loads the handler that `--start` or `--stop` asks for. */
const originalVerb = (program: Command): (() => Promise<Handler>) => {
  const [unknown] = program.args;
  if (unknown !== undefined) {
    throw unknownCommand(unknown, program.commands);
  }
  const { start, stop } = program.opts();
  if (start === true && stop === true) {
    throw FAULTS.usage({ what: '--start and --stop exclude each other.' });
  }
  if (start === true) {
    return async () => (await import('./commands/start/start.handler.ts')).start;
  }
  if (stop === true) {
    return async () => (await import('./commands/stop/stop.handler.ts')).stop;
  }
  throw FAULTS.usage({ what: 'Nothing to do: neither --start, --stop nor a command was given.' });
};

/** Rejects `--start` or `--stop` beside a command, which would otherwise be ignored. */
const refuseVerbs = (program: Command, command: Command): void => {
  const { start, stop } = program.opts();
  if (start !== true && stop !== true) {
    return;
  }
  const verb = start === true ? '--start' : '--stop';
  throw FAULTS.usage({ what: `${verb} cannot be combined with the command "${command.name()}".` });
};

/**
 * The whole command line: the options of NVIDIA's dashboard, and subcommands.
 *
 * @param found takes what the arguments ask for; parsing itself does nothing
 * @throws CommanderError, CliError on wrong usage
 */
export const makeProgram = (runtime: Runtime, found: (invocation: Invocation) => void): Command => {
  const configure = (command: Command): Command =>
    command.exitOverride().configureOutput({
      writeOut: (text) => runtime.stdout.write(text),
      // Errors are worded in one place, with their advice.
      outputError: () => undefined,
      // The help of a group given without its command.
      writeErr: (text) => runtime.stdout.write(text),
      getOutHelpWidth: () => runtime.stdout.columns ?? 100,
    });
  const dispatch: Dispatch =
    (load) =>
    (...received) => {
      const command = received.at(-1);
      if (command instanceof Command) {
        refuseVerbs(program, command);
        // The option nearer to the command wins.
        found({ load, flags: { ...program.opts(), ...command.opts() }, words: command.args });
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
    found({ load: originalVerb(program), flags: program.opts(), words: [] });
  });
  for (const make of COMMANDS) {
    configureAll(make(dispatch), configure, program);
  }
  configureAll(helpCommand(program), configure, program);
  return program;
};

/** Adds a command; its own commands get the same manners. */
const configureAll = (command: Command, configure: (command: Command) => Command, parent: Command): void => {
  configure(command);
  for (const inner of command.commands) {
    configure(inner);
  }
  parent.addCommand(command);
};
