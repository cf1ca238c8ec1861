import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { errorCode } from '../../contract/error-code.ts';
import { auditHeadText } from '../../contract/audit-head.ts';
import { createApp } from './app.ts';
import { keyAudit } from './audit-key.ts';
import { Attempts } from '../auth/attempts.ts';
import { LoginThrottle } from '../auth/login-throttle.ts';
import { SignUpThrottle } from '../auth/sign-up-throttle.ts';
import { HASH_METHOD } from '../auth/password-hash.ts';
import { createPasswords } from '../auth/passwords.ts';
import { sessionKey } from '../auth/token-key.ts';
import type { ServerConfig } from '../context/config.ts';
import { markFolder } from './database-marker.ts';
import { makeFirstAdmin, planFirstAdmin } from './first-admin.ts';
import { openKitResources } from '../kits/kit-resources.ts';
import { ChainCheck } from '../services/audit/chain-check.ts';
import { SyslogForwarder } from '../services/audit/syslog-forwarder.ts';
import { keyBitsOf } from '../services/project/project-view.ts';
import { scheduleBackups } from '../backups/scheduled-backups.ts';
import { warnOfClearKey } from '../root-ca/clear-key.ts';
import { queueWebhooks } from '../services/webhooks/queue-webhook.ts';
import { keepKeyStock } from '../services/kits/keep-key-stock.ts';
import { signKitsAhead } from '../services/kits/sign-kits-ahead.ts';
import { startDelivery } from '../services/outbox/delivery-loop.ts';
import { addressRule } from '../webhooks/address-rule.ts';
import { announceSealed } from '../services/outbox/announce-sealed.ts';
import { ForgotThrottle } from '../auth/forgot-throttle.ts';
import { secureFiles } from './secure-files.ts';
import { warnOfPlainHttp } from './plain-http-warning.ts';
import { warnAtStart } from './start-warnings.ts';
import { tellRepairs } from './tell-repairs.ts';
import { warnOfUnknownSettings } from './unknown-settings.ts';
import { auditHead } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { outdatedKinds } from '../store/password-kinds.ts';
import { countWithoutKit } from '../store/participants.ts';
import { readProject } from '../store/project.ts';
import { checkFolder, openStore } from './open-store.ts';
import { openSyslogPosition } from './syslog-position.ts';
import { StartError } from '../context/start-error.ts';
import type { TlsPair } from '../http/listener.ts';
import { openMailer, openProvider } from './optional-parts.ts';
import { isUnavailable } from '../store/postgres/unavailable.ts';
import { closeApp } from './close-backend.ts';
import { watchExpiry } from './certificate-expiry.ts';
import { databaseError } from './database-error.ts';
import { Shutdown } from '../context/shutdown.ts';
import { NO_SPANS } from '../context/spans.ts';
import { tracedDatabase } from '../tracing/traced-database.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { watchDatabase } from './watch-database.ts';
import { readTlsPair } from './tls-pair.ts';
import { WaitingListener } from './waiting-listener.ts';
import { watchTlsPair, type TlsReload } from './tls-reload.ts';

/** After a restart by an engine nobody is there to be told. */
const SEALED = 'The root CA is sealed: generating kits and freezing wait for the passphrase.';
const UNSEAL =
  'Unseal it on the page or with `dashboard unseal`; with NVFL_DASHBOARD_PP_FILE it opens by itself at every start.';

/** The backend, running. */
export interface RunningServer {
  /** Such as `https://127.0.0.1:8443`. */
  readonly url: string;
  /** Takes up a changed web certificate. */
  readonly reload: () => Promise<void>;
  /**
   * Lets balancers see that it is not ready any more, for as long as `NVFL_DRAIN_SECONDS` says, while every request is
   * still served.
   */
  readonly drain: () => Promise<void>;
  /** Finishes the requests under way (for 25 s at most), writes the log into the database and closes everything. */
  readonly close: () => Promise<void>;
}

/** Message of the database itself. */
const causeOf = (error: unknown): unknown => (error instanceof StartError ? error.cause : error);

const listenProblem = (config: ServerConfig, cause: unknown): StartError => {
  const code = errorCode(cause);
  return code === 'EADDRINUSE' || code === 'EACCES'
    ? new StartError(
        'portTaken',
        `Port ${config.port} is ${code === 'EACCES' ? 'not allowed for this user' : 'taken'}.`,
        'Choose another port.',
        { cause },
      )
    : new StartError('badConfiguration', `Cannot listen on ${config.host}.`, 'Check NVFL_WEB_HOST.', {
        cause,
      });
};

interface Start {
  readonly config: ServerConfig;
  readonly log: FastifyBaseLogger;
  readonly now: () => Date;
  readonly tls: TlsPair | undefined;
  /** Lines that warned of open files. */
  readonly closedFiles: number;
  readonly tracing: Tracing | undefined;
}

/** Logs the end of the audit log: kept elsewhere, it shows what was cut off later. */
const logAuditHead = async (db: Database, log: FastifyBaseLogger): Promise<void> => {
  try {
    const { last_id: sequence, hash } = await auditHead(db.reader);
    log.info({ audit_head: auditHeadText({ sequence, hash }) }, 'end of the audit log');
  } catch (error) {
    log.warn({ err: error }, 'the end of the audit log could not be read');
  }
};

/** @param beforeListening frees the port */
const startOnce = async (
  { config, log, now, tls, closedFiles, tracing }: Start,
  beforeListening: () => Promise<void>,
): Promise<RunningServer> => {
  const opened = await openStore(config, log, tracing?.observeQuery);
  const { rootCa, warnings } = opened;
  const spans = tracing ?? NO_SPANS;
  const db = tracing === undefined ? opened.db : tracedDatabase(opened.db, tracing);
  try {
    const passwords = createPasswords(
      new URL('../../../dist/backend/entry/common-passwords.txt', import.meta.url),
      outdatedKinds(db.reader, HASH_METHOD, now),
    );
    const firstAdmin = await planFirstAdmin(db, config.credential, passwords);
    const tokenKey = await sessionKey(config.webRoot, config.secretKey);
    const { last_id: lastBefore } = await auditHead(db.reader);
    const auditKey = await keyAudit(db, config, now(), log);
    const project = await readProject(db.reader);
    const keyBits = keyBitsOf(project.key_bits);
    const kitResources = openKitResources({ keyBits });
    const withoutKit = await countWithoutKit(db.reader);
    if (project.frozen === 0) {
      kitResources.keys.expect(withoutKit);
    } else {
      kitResources.keys.prefer(keyBits, withoutKit);
    }
    const startWarnings =
      closedFiles +
      warnings +
      warnOfUnknownSettings(config, log) +
      warnOfClearKey(rootCa, log) +
      warnOfPlainHttp(config, tls !== undefined, log) +
      (await tellRepairs(db, auditKey, log, now())) +
      (await warnAtStart(config.webRoot, db.reader, project, log));
    const shutdown = new Shutdown();
    const attempts = new Attempts(db, auditKey, now, log);
    const context = {
      db,
      spans,
      shutdown,
      now,
      log,
      config,
      rootCa,
      kitResources,
      tokenKey,
      provider: await openProvider(config.oidc, now),
      startWarnings,
      passwords,
      throttle: new LoginThrottle(now),
      signUps: new SignUpThrottle(now),
      attempts,
      forgotten: new ForgotThrottle(now),
      mailer: await openMailer(config.mail, tracing),
      webhookRule: addressRule(config.webhookNetworks ?? []),
      auditKey,
      chain: new ChainCheck(db, auditKey),
    };
    const pageFolder = fileURLToPath(new URL('../../../dist/web', import.meta.url));
    // The password is hashed in another thread meanwhile.
    const [app] = await Promise.all([
      createApp(context, { log, tls, pageFolder, tracing }),
      firstAdmin === undefined ? undefined : makeFirstAdmin(db, auditKey, firstAdmin, now()),
    ]);
    await markFolder(config.webRoot, config.database, db.reader);
    await beforeListening();
    let url: string;
    try {
      url = await app.listen({ host: config.host, port: config.port, backlog: 4096 });
    } catch (error) {
      await app.close();
      await kitResources.keys.close();
      throw listenProblem(config, error);
    }
    const forwarder =
      config.syslog === undefined
        ? undefined
        : new SyslogForwarder(db, config.syslog, {
            log,
            now,
            position: await openSyslogPosition({ webRoot: config.webRoot, db, now }, lastBefore),
          });
    forwarder?.start();
    const watched: TlsReload | undefined =
      tls === undefined ? undefined : watchTlsPair(app.server, config.webRoot, log);
    const unwatchDatabase = watchDatabase(db, log);
    const endDelivery = startDelivery(context);
    const endSigning = signKitsAhead(context);
    const endStock = keepKeyStock(context);
    const unwatchExpiry = tls === undefined ? undefined : watchExpiry(config.webRoot, log, now);
    const endBackups = scheduleBackups({
      source: { config, db },
      settings: config.backups,
      log,
      now,
      keyInClear: () => rootCa.keyInClear(),
      onFailure: (reason) =>
        db.write((trx) => queueWebhooks(context, trx, { type: 'backup.failed', data: { reason } })),
    });
    if (rootCa.sealed()) {
      log.warn({ code: 'sealed', advice: UNSEAL }, SEALED);
      await announceSealed(context).catch((error: unknown) => {
        log.warn({ err: error }, 'the project admins cannot be told that the root CA is sealed');
      });
    }
    return {
      url: tls === undefined ? url : url.replace(/^http:/, 'https:'),
      reload: () => watched?.reload() ?? Promise.resolve(),
      drain: async () => {
        shutdown.announce();
        await pause(config.drainSeconds * 1000);
      },
      close: async () => {
        watched?.close();
        unwatchDatabase();
        unwatchExpiry?.();
        await closeApp(app, shutdown);
        await endDelivery();
        await endSigning();
        await endStock();
        await endBackups();
        await kitResources.keys.close();
        await attempts.close();
        await logAuditHead(db, log);
        await forwarder?.close();
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
};

const RETRY_MS = 1000;

/** Options of a start. */
export interface StartOptions {
  /** Ends the wait for a database that does not respond. */
  readonly signal?: AbortSignal | undefined;
  readonly tracing?: Tracing | undefined;
}

/**
 * Starts the backend. While a PostgreSQL server does not respond, it waits for it: alive, but not ready.
 *
 * @throws StartError, after everything opened has been closed again; the signal's reason
 */
export const startServer = async (
  config: ServerConfig,
  log: FastifyBaseLogger,
  now: () => Date,
  { signal, tracing }: StartOptions = {},
): Promise<RunningServer> => {
  await checkFolder(config.webRoot);
  const closedFiles = await secureFiles(config.webRoot, log);
  const tls = await readTlsPair(config.webRoot);
  const waiting = new WaitingListener(tls);
  let said = '';
  try {
    for (;;) {
      try {
        return await startOnce({ config, log, now, tls, closedFiles, tracing }, () => waiting.close());
      } catch (error) {
        if (config.database.engine !== 'postgres' || !isUnavailable(causeOf(error))) {
          throw error;
        }
        const { message, advice } = databaseError(error, config.database);
        if (message !== said) {
          log.warn({ code: 'databaseUnusable', advice }, message);
        }
        said = message;
        await waiting.open(config).catch((cause: unknown) => {
          throw listenProblem(config, cause);
        });
      }
      await pause(RETRY_MS, undefined, signal === undefined ? {} : { signal });
    }
  } catch (error) {
    await waiting.close();
    throw error;
  }
};
