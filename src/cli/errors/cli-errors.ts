import { EXIT } from '../exit-codes.ts';
import { shellWord } from '../output/shell-word.ts';
import { define } from './cli-error.ts';

interface PathAndReason {
  readonly path: string;
  readonly reason: string;
}

/** For a database that only a later version can use. */
export const LATER_VERSION_ADVICE =
  'Install that version or a later one, or restore a backup from before the upgrade. The project is unharmed.';
const NO_LOG = 'It wrote no log; look at the log of the engine or of this host.';

/** Every way in which the command fails by itself: code, exit code, what happened, what to do. */
export const CLI_ERRORS = {
  usage: define<{ what: string; command?: string }>('usage', EXIT.usage, ({ what, command }) => ({
    what,
    advice: `See \`dashboard ${command === undefined ? '' : `${command} `}--help\`.`,
  })),
  portInvalid: define<{ value: string }>('port_invalid', EXIT.usage, ({ value }) => ({
    what: `--port ${value} is not a port.`,
    advice: 'Give a whole number from 1 to 65535, such as --port 8443.',
  })),
  environmentInvalid: define<{ name: string }>('environment_invalid', EXIT.usage, ({ name }) => ({
    what:
      name === ''
        ? '--env needs the name of an environment variable before the "=".'
        : `--env ${name} does not start with the name of an environment variable.`,
    advice: 'Write --env NAME=VALUE, or --env NAME to pass on the value it has here.',
  })),
  credentialInvalid: define<{ source: string; reason: string }>(
    'credential_invalid',
    EXIT.usage,
    ({ source, reason }) => ({
      what: `${source} cannot be used: ${reason}.`,
      advice: 'Write EMAIL:PASSWORD:ORG, EMAIL:PASSWORD, or EMAIL alone to have a password made.',
    }),
  ),
  credentialMissing: define<{ folder: string }>('credential_missing', EXIT.usage, ({ folder }) => ({
    what: `This is the first start in ${folder}, and there is no terminal to ask for the project admin on.`,
    advice: 'Give --cred EMAIL[:PASSWORD[:ORG]], or set NVFL_CREDENTIAL.',
  })),
  dashboardFileInvalid: define<{ path: string; problems: readonly string[]; advice: string }>(
    'dashboard_file_invalid',
    EXIT.usage,
    ({ path, problems, advice }) => ({ what: `${path} cannot be used: ${problems.join('; ')}.`, advice }),
  ),
  inputMissing: define<{ what: string; advice: string }>('input_missing', EXIT.usage, (text) => text),
  passphraseFileUnreadable: define<PathAndReason>(
    'passphrase_file_unreadable',
    EXIT.usage,
    ({ path, reason }) => ({
      what: `The passphrase file ${path} cannot be read: ${reason}.`,
      advice: 'Give a readable file that holds the passphrase in its first line.',
    }),
  ),
  credentialFileUnreadable: define<PathAndReason>(
    'credential_file_unreadable',
    EXIT.usage,
    ({ path, reason }) => ({
      what: `The credential file ${path} cannot be read: ${reason}.`,
      advice: 'Give a readable file with EMAIL[:PASSWORD[:ORG]] in its first line.',
    }),
  ),
  folderMissing: define<{ path: string }>('folder_missing', EXIT.failed, ({ path }) => ({
    what: `The folder ${path} does not exist.`,
    advice: `Make it (mkdir -p ${shellWord(path)}), or name another with --folder.`,
  })),
  folderLinkBroken: define<{ path: string; target: string }>(
    'folder_missing',
    EXIT.failed,
    ({ path, target }) => ({
      what: `${path} is a link to ${target}, which does not exist.`,
      advice: `Make that folder (mkdir -p ${shellWord(target)}), or name another with --folder.`,
    }),
  ),
  folderImpossible: define<PathAndReason>('folder_impossible', EXIT.failed, ({ path, reason }) => ({
    what: `${path} cannot be a project folder: ${reason}.`,
    advice: 'Name another folder with --folder.',
  })),
  folderNotFolder: define<{ path: string }>('folder_not_folder', EXIT.failed, ({ path }) => ({
    what: `${path} is not a folder.`,
    advice: 'Name a folder with --folder.',
  })),
  folderReadOnly: define<{ path: string }>('folder_not_writable', EXIT.failed, ({ path }) => ({
    what: `${path} cannot be written by anybody: its file system is read-only.`,
    advice:
      'Mount it to be written (a disk with errors becomes read-only: see dmesg), or name another folder with --folder.',
  })),
  folderNotWritable: define<{ path: string; who: string; reason: string; newOwner?: number }>(
    'folder_not_writable',
    EXIT.failed,
    ({ path, who, reason, newOwner }) => ({
      what: `${path} cannot be written by ${who}, as whom the dashboard would run: ${reason}.`,
      advice: `${newOwner === undefined ? 'Let that user write it (chmod u+rwx' : `Run the command as its owner, let that user write it (chown -R ${newOwner}`} ${shellWord(path)}), or name another folder with --folder.`,
    }),
  ),
  logNotWritable: define<PathAndReason>('log_not_writable', EXIT.failed, ({ path, reason }) => ({
    what: `The log ${path} cannot be written: ${reason}.`,
    advice: 'Make room for a file of that name that you can write, or name another folder with --folder.',
  })),
  databaseNotFile: define<PathAndReason>('folder_not_writable', EXIT.failed, ({ path, reason }) => ({
    what: `${path} cannot hold the project's database: ${reason}.`,
    advice: 'Move it elsewhere, or put a backup in its place (`dashboard restore`).',
  })),
  permissionDenied: define<{ path: string; owner: number; byOwner: boolean }>(
    'permission_denied',
    EXIT.failed,
    ({ path, owner, byOwner }) => {
      const who = owner === 0 ? 'root' : `user ${owner}`;
      return {
        what: `${path} belongs to ${who}, and this user may not read it.`,
        advice: byOwner
          ? `Run the command as ${who} (sudo), or hand it over: sudo chown -R "$USER" ${shellWord(path)}.`
          : `Let its owner read it: chmod -R u+rwX ${shellWord(path)}.`,
      };
    },
  ),
  folderInUse: define<{ folder: string; holder: string }>(
    'folder_in_use',
    EXIT.failed,
    ({ folder, holder }) => ({
      what: `Another dashboard uses ${folder}: ${holder}.`,
      advice:
        'Use that dashboard (`dashboard list` shows those of this host), or choose another folder with --folder.',
    }),
  ),
  certificateBroken: define<PathAndReason>('certificate_broken', EXIT.failed, ({ path, reason }) => ({
    what: `The web certificate in ${path} cannot be used: ${reason}.`,
    advice: 'Put a valid web.crt with its web.key there, or remove both to serve HTTP.',
  })),
  engineNotFound: define<{ tried: string }>('engine_not_found', EXIT.noEngine, ({ tried }) => ({
    what: `No container engine responds: ${tried}.`,
    advice: 'Start Docker or Podman, or set DOCKER_HOST.',
  })),
  enginePermission: define<{ endpoint: string }>(
    'engine_permission_denied',
    EXIT.noEngine,
    ({ endpoint }) => ({
      what: `Permission denied at the container engine's ${endpoint}.`,
      advice:
        'Join its group (its members have the rights of root): sudo usermod -aG docker $USER, then log in again.',
    }),
  ),
  engineTooOld: define<{ version: string; api: string; minimum: string }>(
    'engine_too_old',
    EXIT.noEngine,
    ({ version, api, minimum }) => ({
      what: `The container engine ${version} is too old: it speaks API ${api}, and ${minimum} is needed.`,
      advice: 'Update it (Docker 20.10, Podman 4 or later).',
    }),
  ),
  engineLost: define<{ endpoint: string; reason: string }>(
    'engine_lost',
    EXIT.noEngine,
    ({ endpoint, reason }) => ({
      what: `The container engine at ${endpoint} stopped responding: ${reason}.`,
      advice: 'See whether it still runs (docker version), then try again.',
    }),
  ),
  engineRefused: define<{ what: string }>('engine_refused', EXIT.failed, ({ what }) => ({
    what: `The container engine refused: ${what}.`,
    advice: 'Look at the reason above and at the log of the engine, then try again.',
  })),
  portTaken: define<{ port: number }>('port_taken', EXIT.portTaken, ({ port }) => ({
    what: `Port ${port} is already in use on this host.`,
    advice: `Stop what listens there (ss -ltnp 'sport = :${port}'), or choose another with --port.`,
  })),
  portForbidden: define<{ port: number; lowest: number }>(
    'port_forbidden',
    EXIT.portTaken,
    ({ port, lowest }) => ({
      what: `Port ${port} may not be opened without root: the lowest that may is ${lowest}.`,
      advice: `Choose a higher port, such as --port ${Math.max(8443, lowest)}.`,
    }),
  ),
  addressUnusable: define<{ address: string }>('address_unusable', EXIT.failed, ({ address }) => ({
    what: `${address} is no address of this host, so nothing can listen there.`,
    advice: 'Choose one of this host with --bind (ip addr lists them), or leave it out to listen on all.',
  })),
  nameTaken: define<{ name: string }>('name_taken', EXIT.failed, ({ name }) => ({
    what: `A container named ${name} is already there, and it is not a dashboard.`,
    advice: `Choose another name with --name, or remove it (docker rm -f ${name}).`,
  })),
  nameOfOtherProject: define<{ name: string; folder: string }>(
    'name_of_other_project',
    EXIT.failed,
    ({ name, folder }) => ({
      what: `${name} is the dashboard of another folder, ${folder}.`,
      advice: 'Choose another name and port for this one: --name NAME --port PORT.',
    }),
  ),
  runByOthers: define<{ name: string; by: string; advice: string }>(
    'run_by_others',
    EXIT.failed,
    ({ name, by, advice }) => ({
      what: `The container ${name} is a dashboard that ${by} created.`,
      advice,
    }),
  ),
  runByService: define<{ folder: string; unit: string; user: boolean }>(
    'run_by_service',
    EXIT.failed,
    ({ folder, unit, user }) => ({
      what: `The service ${unit} runs the dashboard of ${folder}.`,
      advice: `Let it start the dashboard again: ${user ? 'systemctl --user' : 'sudo systemctl'} restart ${unit}; settings belong into dashboard.yaml.`,
    }),
  ),
  beingStarted: define<{ what: string }>('being_started', EXIT.failed, ({ what }) => ({
    what: `Another command is starting the dashboard of ${what}.`,
    advice: 'Wait until it has finished, then look with `dashboard status`.',
  })),
  notAnswering: define<{ what: string; advice: string }>('not_answering', EXIT.failed, (text) => text),
  otherSettings: define<{ changes: string }>('other_settings', EXIT.failed, ({ changes }) => ({
    what: `The dashboard is already running with other settings: ${changes}.`,
    advice: 'Apply them with `dashboard start --apply` and the same options, or with `dashboard restart`.',
  })),
  imageUnavailable: define<{ what: string; advice?: string }>(
    'image_unavailable',
    EXIT.noImage,
    ({ what, advice }) => ({
      what,
      advice:
        advice ??
        'Check the name and that you may use it (docker login), or load it: dashboard image load FILE.',
    }),
  ),
  passphraseWrong: define<object>('passphrase_wrong', EXIT.failed, () => ({
    what: 'The passphrase does not open the root key of this project; nothing was changed.',
    advice: 'Start with the passphrase the project was frozen with, or without one to run sealed.',
  })),
  wouldSeal: define<object>('would_seal', EXIT.usage, () => ({
    what: 'Without the passphrase the dashboard would run sealed after the restart.',
    advice: 'Give --passphrase-file FILE, or --yes to run sealed until `dashboard unseal`.',
  })),
  databaseUnusable: define<{ what: string; advice?: string | undefined }>(
    'database_unusable',
    EXIT.failed,
    ({ what, advice }) => ({
      what: `${what}.`,
      advice: advice ?? 'Restore a backup with `dashboard restore`.',
    }),
  ),
  databaseUrlMissing: define<{ folder: string; address: string }>(
    'database_url_missing',
    EXIT.usage,
    ({ folder, address }) => ({
      what: `The project of ${folder} is in the database ${address}, and its URL was not given.`,
      advice: 'Set DATABASE_URL, or NVFL_DATABASE_URL_FILE to a file that contains it.',
    }),
  ),
  otherDatabase: define<{ folder: string; file: string; named: string }>(
    'other_database',
    EXIT.usage,
    ({ folder, file, named }) => ({
      what: `The project of ${folder} is in ${file}, but DATABASE_URL names ${named}.`,
      advice: 'Unset DATABASE_URL; or take the project there: `dashboard database move --to postgres`.',
    }),
  ),
  resetElsewhere: define<{ folder: string; address: string }>(
    'reset_elsewhere',
    EXIT.failed,
    ({ folder, address }) => ({
      what: `The project of ${folder} is in the database ${address}, which is left alone; nothing was changed.`,
      advice: 'Use another folder and database for a new project.',
    }),
  ),
  backendFailed: define<{ reason: string; advice?: string | undefined }>(
    'backend_failed',
    EXIT.failed,
    ({ reason, advice }, lines) => ({
      what: `The dashboard did not start: ${reason}.`,
      advice: advice ?? (lines.length === 0 ? NO_LOG : 'The lines above are the end of its log.'),
    }),
  ),
  notReady: define<{ seconds: number }>('not_ready', EXIT.failed, ({ seconds }, lines) => ({
    what: `The dashboard did not respond within ${seconds} s and was stopped.`,
    advice: `Give it more time with --timeout SECONDS${lines.length === 0 ? '' : '; the lines above are the end of its log'}.`,
  })),
  notRunning: define<{ what: string }>('not_running', EXIT.failed, ({ what }) => ({
    what: `No dashboard is running for ${what}.`,
    advice: 'Start it with `dashboard start`.',
  })),
  connectionInsecure: define<{ origin: string }>('connection_insecure', EXIT.failed, ({ origin }) => ({
    what: `The dashboard responds at ${origin} over plain HTTP only, where others could read a password.`,
    advice:
      'If cert/ holds a web certificate, run `dashboard restart`; otherwise run this command on the host of the dashboard.',
  })),
  foreignImage: define<object>('foreign_image', EXIT.failed, () => ({
    what: 'The dashboard that runs is of another image, which cannot do this.',
    advice: 'Use its own page, or go on with this dashboard: `dashboard stop`, then `dashboard start`.',
  })),
  stillRunning: define<{ pid: number }>('still_running', EXIT.failed, ({ pid }) => ({
    what: `The process ${pid} did not end.`,
    advice: 'Look at what it waits for, or stop it as the user who started it.',
  })),
  notBuilt: define<{ path: string }>('not_built', EXIT.failed, ({ path }) => ({
    what: `${path} is missing: the package is not built.`,
    advice: 'Run `npm run build` in the repository, or install the package anew.',
  })),
  maintenanceRefused: define<{ what: string; advice: string }>(
    'maintenance_refused',
    EXIT.failed,
    ({ what, advice }) => ({ what, advice }),
  ),
  mustBeStopped: define<{ folder: string; stop: string }>(
    'must_be_stopped',
    EXIT.failed,
    ({ folder, stop }) => ({
      what: `A dashboard is running for ${folder}.`,
      advice: `Stop it first: ${stop}.`,
    }),
  ),
  rootInUse: define<object>('root_in_use', EXIT.failed, () => ({
    what: 'The project is frozen and keeps its root CA; nothing was discarded.',
    advice: '`dashboard root renew` prepares the next certificate for its key.',
  })),
  apiRefused: define<{ what: string; advice: string }>('api_refused', EXIT.failed, (text) => text),
  fileUnusable: define<PathAndReason & { advice: string }>(
    'file_unusable',
    EXIT.failed,
    ({ path, reason, advice }) => ({ what: `${path} cannot be used: ${reason}.`, advice }),
  ),
  noSystemd: define<{ whose: string }>('no_systemd', EXIT.failed, ({ whose }) => ({
    what: `${whose} does not run on this host.`,
    advice: 'Use --print and install the file where systemd runs, or use `dashboard start`.',
  })),
  rootNeeded: define<object>('root_needed', EXIT.failed, () => ({
    what: 'Only root may change the services of the system.',
    advice: 'Run it with sudo, or add --user for a service of this user.',
  })),
  serviceFailed: define<{ what: string; reason: string; journal: string }>(
    'service_failed',
    EXIT.failed,
    ({ what, reason, journal }) => ({
      what: `\`${what}\` failed: ${reason.replace(/\.$/, '')}.`,
      advice: `Look at its log: ${journal}`,
    }),
  ),
  interrupted: define<object>('interrupted', EXIT.interrupted, () => ({
    what: 'Interrupted.',
    advice: 'Run the same command again: nothing was left half done.',
  })),
  internal: define<{ reason: string }>('internal', EXIT.failed, ({ reason }) => ({
    what: `This should not have happened: ${reason}.`,
    advice: 'Run it again with --debug, and report what it prints.',
  })),
} as const;
