import { ENVIRONMENT, SECRET_FILES } from '../../contract/environment.ts';
import type { Secrets } from '../../contract/secret-frame.ts';

/** Variables that act before standard input can be read and are known to hold no secret. */
const PLAIN: ReadonlySet<string> = new Set([
  ENVIRONMENT.logLevel,
  ENVIRONMENT.webHost,
  ENVIRONMENT.metrics,
  ENVIRONMENT.drainSeconds,
  ENVIRONMENT.smtpCaFile,
  ENVIRONMENT.mailFrom,
  ENVIRONMENT.webhookNetworks,
  ENVIRONMENT.backupEvery,
  ENVIRONMENT.backupKeep,
  ENVIRONMENT.backupFolder,
  ...Object.values(SECRET_FILES).flat(),
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'UV_THREADPOOL_SIZE',
  'TZ',
  'LANG',
]);

/** Set by the command itself, from its options. */
const OWN: ReadonlySet<string> = new Set([
  ENVIRONMENT.webRoot,
  ENVIRONMENT.webPort,
  ENVIRONMENT.credential,
  ENVIRONMENT.passphrase,
  ENVIRONMENT.secretKey,
  ENVIRONMENT.secretsOnStdin,
]);

const withoutPassword = (url: string): string => {
  try {
    const parsed = new URL(url);
    parsed.password = '';
    parsed.searchParams.delete('password');
    return parsed.href;
  } catch {
    // Whatever it is, the backend says what is wrong with it; here it may hold a secret.
    return 'unreadable:';
  }
};

/** Describes what is given with `--env`, divided by who may see it. */
export interface BackendEnvironment {
  /** For the container's or process's environment, which others may read. */
  readonly plain: Readonly<Record<string, string>>;
  /** For standard input. */
  readonly secrets: Pick<Secrets, 'secretKey' | 'databaseUrl' | 'environment'>;
}

/**
 * Divides the variables of `--env`: known harmless ones go into the environment, everything else over standard input.
 * A database's address is in both, without its password in the environment: a restart by the engine, which brings no
 * secrets, must fail rather than begin an empty project beside it.
 */
export const divideEnvironment = (given: ReadonlyMap<string, string>): BackendEnvironment => {
  const entries = [...given];
  const databaseUrl = given.get(ENVIRONMENT.databaseUrl);
  const secretKey = given.get(ENVIRONMENT.secretKey);
  const hidden = entries.filter(
    ([name]) => !PLAIN.has(name) && !OWN.has(name) && name !== ENVIRONMENT.databaseUrl,
  );
  return {
    plain: {
      ...Object.fromEntries(entries.filter(([name]) => PLAIN.has(name))),
      ...(databaseUrl === undefined ? {} : { [ENVIRONMENT.databaseUrl]: withoutPassword(databaseUrl) }),
    },
    secrets: {
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(secretKey === undefined ? {} : { secretKey }),
      ...(hidden.length === 0 ? {} : { environment: Object.fromEntries(hidden) }),
    },
  };
};
