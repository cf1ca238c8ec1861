import { isIP } from 'node:net';
import { z } from 'zod';
import { Duration } from '../../contract/duration.ts';
import { RESTART_POLICIES } from '../../engine/spec.ts';
import { DASHBOARD_NAME } from './flag-values.ts';

/** The file in the project folder that holds settings of `dashboard start`. */
export const DASHBOARD_FILE = 'dashboard.yaml';

const MAX_SECONDS = 999_999;
const MAX_BACKUPS = 9999;

const text = () => z.string('must be text');
const filled = () => text().min(1, 'must not be empty');
const truth = () => z.boolean('must be true or false');
const wholeNumber = (from: number, to: number) => {
  const range = `must be a whole number from ${from} to ${to}`;
  return z.int(range).min(from, range).max(to, range);
};

/** The settings of `dashboard start` that a file can hold; each is called like its option. Relative paths start in the folder. */
export const DashboardFile = z.strictObject({
  name: text()
    .regex(DASHBOARD_NAME, 'may contain letters, digits, ".", "_" and "-" only')
    .describe('name of the dashboard, for several on one host')
    .optional(),
  port: wholeNumber(1, 65_535).describe('port of this host to listen on').optional(),
  bind: text()
    .refine((text) => isIP(text) !== 0 || text === 'localhost', 'must be an IP address such as 127.0.0.1')
    .describe('address of this host to listen on')
    .optional(),
  image: filled().describe('container image to run').optional(),
  'base-image': filled().describe('base image to build on').optional(),
  local: truth().describe('run as a plain process, without a container engine').optional(),
  foreground: truth().describe('with local: stay until the backend ends, and show its log').optional(),
  restart: z
    .enum(RESTART_POLICIES, 'must be no, on-failure or unless-stopped')
    .describe('what the engine does when the dashboard dies')
    .optional(),
  strict: truth().describe('reject a web certificate that is expired or not valid yet').optional(),
  timeout: z
    .int('must be a whole number of seconds')
    .min(1, 'must be at least 1 second')
    .max(MAX_SECONDS, `must be at most ${MAX_SECONDS} seconds`)
    .describe('seconds to wait for the dashboard')
    .optional(),
  'passphrase-file': filled()
    .describe("file with the passphrase of the root CA's private key in its first line")
    .optional(),
  cred: filled().describe('first project admin without a password: EMAIL or EMAIL::ORG').optional(),
  'cred-file': filled()
    .describe('file with EMAIL[:PASSWORD[:ORG]] of the first project admin in its first line')
    .optional(),
  'backup-every': text()
    .refine((given) => Duration.safeParse(given).success, 'must be a duration such as 12h or 1d')
    .describe('have the backend take a backup this often')
    .optional(),
  'backup-keep': wholeNumber(1, MAX_BACKUPS).describe('how many of those it keeps').optional(),
  'backup-folder': filled().describe('where it writes them').optional(),
  env: z
    .record(z.string(), z.string())
    .describe('more environment for the backend; without a value it is the one of this host')
    .optional(),
});
export type DashboardFile = Readonly<z.infer<typeof DashboardFile>>;

/** Names of variables that hold a secret, as opposed to the path of a file with one. */
const SECRET_NAME =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PP|SECRET|SECRET_KEY|TOKEN|API_KEY|PRIVATE_KEY|CREDENTIAL)$/i;

/** True for a URL such as `postgres://user:password@host/`. */
const holdsPassword = (value: string): boolean =>
  URL.canParse(value) &&
  (new URL(value).password !== '' ||
    [...new URL(value).searchParams.keys()].some((key) => /password/i.test(key)));

/** True for a variable whose value must not stand in a file that others may read. */
export const isSecretVariable = (name: string, value: string): boolean =>
  value !== '' && (SECRET_NAME.test(name) || holdsPassword(value));
