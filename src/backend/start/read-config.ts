import { resolve } from 'node:path';
import { z } from 'zod';
import { BooleanText } from '../../contract/boolean-text.ts';
import { Duration } from '../../contract/duration.ts';
import { CONTAINER, ENVIRONMENT, SECRET_FILES } from '../../contract/environment.ts';
import { MIN_PASSPHRASE } from '../../contract/passphrase.ts';
import type { Secrets } from '../../contract/secret-frame.ts';
import { trustedProxies as readProxies } from '../http/trusted-proxies.ts';
import type { ServerConfig } from '../context/config.ts';
import { StartError } from '../context/start-error.ts';
import { readHardware } from './read-hardware.ts';
import { readLocalPasswords, readOidc } from './read-oidc.ts';
import { readNetworks } from '../webhooks/address-rule.ts';
import { databaseLocation } from './database-location.ts';
import { readMailConfig } from './read-mail-config.ts';
import { unknownSettings } from './unknown-settings.ts';
import { readTracing } from './read-tracing.ts';
import { syslogTarget } from './syslog-target.ts';
import { readSecretFile } from './secret-files.ts';

const DEFAULT_FOLDER = CONTAINER.folder;
const MIN_SECRET = 16;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** @param read throws for an entry that is neither an address nor a network */
const networkList = (read: (list: readonly string[]) => unknown) =>
  z.string().transform((text, context) => {
    const list = text.split(/[\s,]+/).filter((entry) => entry !== '');
    try {
      read(list);
    } catch (error) {
      context.addIssue({ code: 'custom', message: String(error instanceof Error ? error.message : error) });
    }
    return list;
  });

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .transform((text) => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN))
    .refine((value) => value >= least && value <= most, `is not a whole number from ${least} to ${most}`);

const Settings = z.object({
  webRoot: z.string().min(1).default(DEFAULT_FOLDER),
  webPort: wholeNumber(0, 65535).default(CONTAINER.port),
  webHost: z.string().min(1).default('0.0.0.0'),
  credential: z.string().optional(),
  passphrase: z.string().optional(),
  secretKey: z.string().min(MIN_SECRET, `is shorter than ${MIN_SECRET} characters`).optional(),
  databaseUrl: z.string().optional(),
  trustedProxies: networkList(readProxies).optional(),
  webhookNetworks: networkList(readNetworks).optional(),
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'is not an http or https address' })
    .refine((text) => !/[?#]/.test(text), 'must end with the path')
    .optional(),
  syslogUrl: z
    .url({ protocol: /^syslog\+(tcp|tls)$/, error: 'is no syslog+tls://host:port or syslog+tcp://host:port' })
    .optional(),
  syslogCaFile: z.string().optional(),
  drainSeconds: wholeNumber(0, 300).default(0),
  logLevel: z.enum(LOG_LEVELS, `is none of ${LOG_LEVELS.join(', ')}`).default('info'),
  metrics: BooleanText.default(false),
  backupEvery: Duration.optional(),
  backupKeep: wholeNumber(1, 10_000).default(14),
  backupFolder: z.string().default('backups'),
  backupPassphrase: z.string().min(MIN_PASSPHRASE, `is shorter than ${MIN_PASSPHRASE} characters`).optional(),
});

/**
 * Settings from environment, files and standard input; each of these outweighs the one before, empty values count as unset.
 *
 * @throws StartError `badConfiguration`, naming the variable but never its value
 */
export const readConfig = (
  environment: Readonly<Record<string, string | undefined>>,
  secrets: Secrets,
): ServerConfig => {
  const merged: Readonly<Record<string, string | undefined>> = { ...environment, ...secrets.environment };
  const get = (name: string): string | undefined => {
    const value = merged[name];
    return value === '' ? undefined : value;
  };
  const parsed = Settings.safeParse({
    webRoot: get(ENVIRONMENT.webRoot),
    webPort: get(ENVIRONMENT.webPort),
    webHost: get(ENVIRONMENT.webHost),
    credential: secrets.credential ?? readSecretFile('credential', get) ?? get(ENVIRONMENT.credential),
    passphrase: secrets.passphrase ?? readSecretFile('passphrase', get) ?? get(ENVIRONMENT.passphrase),
    secretKey: secrets.secretKey ?? readSecretFile('secretKey', get) ?? get(ENVIRONMENT.secretKey),
    databaseUrl: secrets.databaseUrl ?? readSecretFile('databaseUrl', get) ?? get(ENVIRONMENT.databaseUrl),
    trustedProxies: get(ENVIRONMENT.trustedProxies),
    webhookNetworks: get(ENVIRONMENT.webhookNetworks),
    publicUrl: get(ENVIRONMENT.publicUrl),
    syslogUrl: get(ENVIRONMENT.syslogUrl),
    syslogCaFile: get(ENVIRONMENT.syslogCaFile),
    drainSeconds: get(ENVIRONMENT.drainSeconds),
    logLevel: get(ENVIRONMENT.logLevel),
    metrics: get(ENVIRONMENT.metrics),
    backupEvery: get(ENVIRONMENT.backupEvery),
    backupKeep: get(ENVIRONMENT.backupKeep),
    backupFolder: get(ENVIRONMENT.backupFolder),
    backupPassphrase: readSecretFile('backupPassphrase', get),
  });
  if (!parsed.success) {
    const names: Readonly<Record<string, string>> = {
      ...ENVIRONMENT,
      backupPassphrase: SECRET_FILES.backupPassphrase[0],
    };
    const wrong = parsed.error.issues.map(
      (issue) => `${names[String(issue.path[0])] ?? 'a setting'} ${issue.message}`,
    );
    throw new StartError('badConfiguration', wrong.join('; '), 'Correct the named settings and start again.');
  }
  const {
    webRoot,
    webPort,
    webHost,
    databaseUrl,
    credential,
    passphrase,
    secretKey,
    drainSeconds,
    logLevel,
    metrics,
    trustedProxies,
    webhookNetworks,
    publicUrl,
    backupEvery,
    backupKeep,
    backupFolder,
    backupPassphrase,
    syslogUrl,
    syslogCaFile,
  } = parsed.data;
  const oidc = readOidc(get);
  return {
    unknownSettings: unknownSettings(merged),
    oidc,
    localPasswords: readLocalPasswords(get, oidc),
    webRoot,
    port: webPort,
    host: webHost,
    publishedHost: get(ENVIRONMENT.publishedHost),
    database: databaseLocation(databaseUrl, webRoot),
    credential,
    passphrase,
    hardware: readHardware(get),
    secretKey,
    drainSeconds,
    logLevel,
    trustedProxies,
    webhookNetworks,
    publicUrl,
    backups:
      backupEvery === undefined
        ? undefined
        : {
            everyMs: backupEvery,
            keep: backupKeep,
            folder: resolve(webRoot, backupFolder),
            passphrase: backupPassphrase,
          },
    syslog: syslogUrl === undefined ? undefined : syslogTarget(syslogUrl, syslogCaFile, webRoot),
    metrics,
    tracing: readTracing(get),
    mail: readMailConfig({
      url: get(ENVIRONMENT.smtpUrl),
      password: readSecretFile('smtpPassword', get) ?? get(ENVIRONMENT.smtpPassword),
      from: get(ENVIRONMENT.mailFrom),
      caFile: get(ENVIRONMENT.smtpCaFile),
      publicUrl,
    }),
  };
};
