import type { TargetRelease } from '../../contract/releases.ts';
import { isAtLeast } from '../../contract/releases.ts';
import { kitJson } from '../json.ts';

const CONTEXT = '%(asctime)s - %(name)s - %(levelname)s - %(fl_ctx)s - %(message)s';
const FULL_CONTEXT =
  '%(asctime)s - %(identity)s - %(name)s - %(fullName)s - %(levelname)s - %(fl_ctx)s - %(message)s';
const FILE_BYTES = 20 * 1024 * 1024;

const rotating = (filename: string, level: string, formatter: string, more: object = {}): object => ({
  class: 'logging.handlers.RotatingFileHandler',
  level,
  formatter,
  filename,
  mode: 'a',
  maxBytes: FILE_BYTES,
  backupCount: 10,
  ...more,
});

const dictConfig = (errorFile: string): string =>
  kitJson({
    version: 1,
    disable_existing_loggers: false,
    formatters: {
      baseFormatter: { '()': 'nvflare.fuel.utils.log_utils.BaseFormatter', fmt: CONTEXT },
      consoleFormatter: { '()': 'nvflare.fuel.utils.log_utils.ColorFormatter', fmt: CONTEXT },
      jsonFormatter: { '()': 'nvflare.fuel.utils.log_utils.JsonFormatter', fmt: FULL_CONTEXT },
    },
    filters: {
      FLFilter: {
        '()': 'nvflare.fuel.utils.log_utils.LoggerNameFilter',
        logger_names: ['custom', 'nvflare.app_common', 'nvflare.app_opt'],
      },
    },
    handlers: {
      consoleHandler: {
        class: 'logging.StreamHandler',
        level: 'DEBUG',
        formatter: 'consoleFormatter',
        filters: [],
        stream: 'ext://sys.stdout',
      },
      logFileHandler: rotating('log.txt', 'DEBUG', 'baseFormatter'),
      errorFileHandler: rotating(errorFile, 'ERROR', 'baseFormatter'),
      jsonFileHandler: rotating('log.json', 'DEBUG', 'jsonFormatter'),
      FLFileHandler: rotating('log_fl.txt', 'DEBUG', 'baseFormatter', { filters: ['FLFilter'], delay: true }),
    },
    loggers: {
      root: {
        level: 'INFO',
        handlers: [
          'consoleHandler',
          'logFileHandler',
          'errorFileHandler',
          'jsonFileHandler',
          'FLFileHandler',
        ],
      },
    },
  });

const FILE_CONFIG = `[loggers]
keys=root

[handlers]
keys=console

[formatters]
keys=line

[logger_root]
level=INFO
handlers=console

[handler_console]
class=StreamHandler
level=DEBUG
formatter=line
args=(sys.stdout,)

[formatter_line]
format=%(asctime)s - %(name)s - %(levelname)s - %(message)s
`;

const OF_2_8 = dictConfig('error_log.txt');
const OF_2_6 = dictConfig('log_error.txt');

/** The logging configuration in local/: name and content as the release reads it (docs/startup-kit-format.md#files-in-local). */
export const logConfig = (release: TargetRelease): { readonly path: string; readonly content: string } => {
  // The 2.5 branch reads log_config.json, but none of the releases 2.5.0 to 2.5.2 does.
  if (!isAtLeast(release, '2.6')) {
    return { path: 'local/log.config.default', content: FILE_CONFIG };
  }
  const content = isAtLeast(release, '2.8') ? OF_2_8 : OF_2_6;
  return { path: 'local/log_config.json.default', content };
};
