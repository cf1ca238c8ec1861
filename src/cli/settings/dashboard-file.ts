import { isIP } from 'node:net';
import { z } from 'zod';
import { RESTART_POLICIES } from '../../engine/spec.ts';
import { DASHBOARD_NAME } from './flag-values.ts';

/** The file in the project folder that holds settings of `dashboard start`. */
export const DASHBOARD_FILE = 'dashboard.yaml';

const MAX_SECONDS = 999_999;

/** The settings of `dashboard start` that a file can hold; each is called like its option. Relative paths start in the folder. */
export const DashboardFile = z.strictObject({
  name: z
    .string()
    .regex(DASHBOARD_NAME, 'may contain letters, digits, ".", "_" and "-" only')
    .describe('name of the dashboard, for several on one host')
    .optional(),
  port: z
    .int('must be a whole number from 1 to 65535')
    .min(1, 'must be a whole number from 1 to 65535')
    .max(65_535, 'must be a whole number from 1 to 65535')
    .describe('port of this host to listen on')
    .optional(),
  bind: z
    .string()
    .refine((text) => isIP(text) !== 0 || text === 'localhost', 'must be an IP address such as 127.0.0.1')
    .describe('address of this host to listen on')
    .optional(),
  image: z.string().min(1, 'must not be empty').describe('container image to run').optional(),
  'base-image': z.string().min(1, 'must not be empty').describe('base image to build on').optional(),
  local: z.boolean().describe('run as a plain process, without a container engine').optional(),
  foreground: z.boolean().describe('with local: stay until the backend ends, and show its log').optional(),
  restart: z.enum(RESTART_POLICIES).describe('what the engine does when the dashboard dies').optional(),
  strict: z.boolean().describe('reject a web certificate that is expired or not valid yet').optional(),
  timeout: z
    .int('must be a whole number of seconds')
    .min(1, 'must be at least 1 second')
    .max(MAX_SECONDS, `must be at most ${MAX_SECONDS} seconds`)
    .describe('seconds to wait for the dashboard')
    .optional(),
  'passphrase-file': z
    .string()
    .min(1, 'must not be empty')
    .describe("file with the passphrase of the root CA's private key in its first line")
    .optional(),
  cred: z
    .string()
    .min(1, 'must not be empty')
    .describe('first project admin without a password: EMAIL or EMAIL::ORG')
    .optional(),
  'cred-file': z
    .string()
    .min(1, 'must not be empty')
    .describe('file with EMAIL[:PASSWORD[:ORG]] of the first project admin in its first line')
    .optional(),
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
