import { Option, type Command } from 'commander';
import { readAddress, readImage, readName, readPort, readTimeout } from '../settings/flag-values.ts';

const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [
  ...(earlier ?? []),
  value,
];

/** Which dashboard is meant. */
export const addTargetFlags = (command: Command): Command =>
  command
    .optionsGroup('Which dashboard:')
    .option('-f, --folder <folder>', 'folder with the project (db.sqlite, cert/); default: the current one')
    .option(
      '--name <name>',
      'name of the dashboard, for several on one host (default: nvflare-dashboard)',
      readName,
    )
    .optionsGroup('Options:');

/** Adds the options that say how the dashboard runs. */
export const addStartFlags = (command: Command): Command =>
  command
    .optionsGroup('How it runs:')
    .option(
      '-p, --port <port>',
      'port of this host to listen on, for HTTP and HTTPS alike (default: as it runs, else 443)',
      readPort,
    )
    .option('--bind <address>', 'address of this host to listen on (default: all)', readAddress)
    .option(
      '-i, --image <image>',
      'container image to run (default: as it runs, else the image of this package, built when missing)',
      readImage('--image'),
    )
    .option(
      '--base-image <image>',
      'base image to build on (default: $NVFL_BASE_IMAGE)',
      readImage('--base-image'),
    )
    .option('--passphrase <passphrase>', "encrypts and decrypts the root CA's private key (visible in ps)")
    .option('--passphrase-file <file>', 'the same, read from the first line of a file')
    .option(
      '-e, --env <name=value>',
      'more environment for the backend, repeatable; NAME alone passes on the value it has here',
      collect,
    )
    .option('--cred <credential>', 'first project admin, EMAIL[:PASSWORD[:ORG]], instead of the questions')
    .option('--cred-file <file>', 'the same, read from the first line of a file')
    .option('--backup-every <duration>', 'have the backend take a backup this often, such as 12h or 1d')
    .option('--backup-keep <count>', 'how many of those it keeps (default: 14)')
    .option('--backup-folder <folder>', 'where it writes them (default: backups in the project folder)')
    .option('--local', 'run the backend as a plain process, without a container engine')
    .addOption(new Option('--no-local', 'in a container, although dashboard.yaml says otherwise'))
    .option(
      '--foreground',
      'with --local: stay until the backend ends, and show its log (default as PID 1 and under systemd)',
    )
    .option('--no-foreground', 'with --local: return when the dashboard responds')
    .option('--strict', 'reject a web certificate that is expired or not valid yet, instead of warning')
    .addOption(
      new Option(
        '--restart <policy>',
        'what the engine does when the dashboard dies (default: unless-stopped)',
      ).choices(['no', 'on-failure', 'unless-stopped']),
    )
    .optionsGroup('Options:');

/** Adds the options of a project's first start. */
export const addGenerateFlag = (command: Command): Command =>
  command.option(
    '--generate-passphrase <file>',
    "write a new passphrase into a new file, and encrypt the root CA's key with it",
  );

/** Adds the options about a dashboard that runs with other settings. */
export const addApplyFlag = (command: Command): Command =>
  command.option('--apply', 'when it already runs with other settings, restart it with the given ones');

/** The passphrase of an encrypted archive. */
export const addPassphraseFlag = (command: Command): Command =>
  command.option(
    '--encrypt-passphrase-file <file>',
    'passphrase of the archive, from the first line of a file, "-" for standard input (default: ask)',
  );

/** Adds the options of every command. */
export const addCommonFlags = (command: Command): Command =>
  command
    .optionsGroup('Common options:')
    .option(
      '--timeout <seconds>',
      'how long to wait for the dashboard, where a command does (default: 60)',
      readTimeout,
    )
    .option('--json', 'one JSON document on standard output, nothing else there')
    .option('--quiet', 'no progress')
    .option('--no-color', 'no colors (also: the variable NO_COLOR)')
    .option('-y, --yes', 'skip confirmation prompts')
    .option('--debug', 'stack traces with errors')
    .optionsGroup('Options:');
