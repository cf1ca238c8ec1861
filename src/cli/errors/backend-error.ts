import { BACKEND_EXIT, type BackendExit } from '../../contract/environment.ts';
import { EXIT } from '../exit-codes.ts';
import { CliError } from './cli-error.ts';
import { CLI_ERRORS } from './cli-errors.ts';

/** Describes how the backend's process ended, and what it said last. */
export interface BackendEnd {
  readonly exitCode: number;
  /** Oldest first. */
  readonly lastLines: readonly string[];
  readonly port: number;
  readonly folder: string;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const FATAL = 60;

/** The last fatal line of the backend's log, which says why it ended. */
const fatalLine = (
  lines: readonly string[],
): {
  readonly code: string | undefined;
  readonly what: string | undefined;
  readonly advice: string | undefined;
  readonly cause: string | undefined;
} => {
  const fatal = lines
    .map(parse)
    .filter((line) => field(line, 'level') === FATAL)
    .at(-1);
  const text = (name: string): string | undefined => {
    const value = field(fatal, name);
    return typeof value === 'string' && value !== '' ? value.replace(/\.$/, '') : undefined;
  };
  const advice = text('advice');
  return {
    code: text('code'),
    what: text('msg'),
    advice: advice === undefined ? undefined : `${advice}.`,
    cause: text('cause'),
  };
};

/**
 * The error for a backend that ended while starting. What it said itself counts more than the exit code, which an
 * engine that restarts containers may already have forgotten.
 */
export const backendError = (end: BackendEnd): CliError => {
  const { code, what, advice, cause } = fatalLine(end.lastLines);
  const found = Object.entries(BACKEND_EXIT).find(([, exitCode]) => exitCode === end.exitCode);
  const kind: string | undefined = code ?? found?.[0];
  const details = { lines: end.lastLines };
  const reason = what ?? `it ended with exit code ${end.exitCode}`;
  const is = (name: BackendExit): boolean => kind === name;
  if (is('passphraseWrong')) {
    return CLI_ERRORS.passphraseWrong({});
  }
  if (is('noCredential')) {
    return CLI_ERRORS.credentialMissing({ folder: end.folder });
  }
  if (is('portTaken')) {
    return CLI_ERRORS.portTaken({ port: end.port });
  }
  if (is('certificateBroken')) {
    return CLI_ERRORS.certificateBroken({ path: `${end.folder}/cert`, reason });
  }
  if (is('folderInUse')) {
    return CLI_ERRORS.folderInUse({ folder: end.folder, holder: cause ?? 'its log says which' });
  }
  if (is('databaseUnusable')) {
    return CLI_ERRORS.databaseUnusable(
      { what: what ?? `The database cannot be used: ${reason}`, advice },
      details,
    );
  }
  if (is('badConfiguration') || is('folderUnusable')) {
    return CLI_ERRORS.backendFailed({ reason, advice: advice ?? 'Correct it and start again.' }, details);
  }
  return CLI_ERRORS.backendFailed({ reason, advice }, details);
};

/** True for the end of a backend whose database has no project admin and which was given none. */
export const wantsCredential = (error: unknown): boolean =>
  error instanceof CliError && error.code === 'credential_missing' && error.exitCode === EXIT.usage;
