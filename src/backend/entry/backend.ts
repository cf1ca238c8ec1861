import { existsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { BACKEND_EXIT, CONTAINER, ENVIRONMENT } from '../../contract/environment.ts';
import type { Secrets } from '../../contract/secret-frame.ts';
import { startEnvironment } from '../start/kept-environment.ts';
import { logFileWriter } from '../start/log-file.ts';
import { createLog } from '../context/log.ts';
import { readConfig } from '../start/read-config.ts';
import { readSecrets } from '../start/read-secrets.ts';
import { StartError } from '../context/start-error.ts';
import { collectWhenIdle } from '../start/collect-garbage.ts';
import { openTracing } from '../start/optional-parts.ts';
import { startServer } from '../start/start-backend.ts';

/** An engine's restart brings no secrets: a project that has begun waits for them less long. */
const WAIT_MS = { first: 10_000, again: 2000 } as const;
const STDOUT = 1;
const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Describes what a start is given beside its environment. */
interface Given {
  readonly secrets: Secrets;
  readonly keep: () => Promise<void>;
}

const secretsOf = async (environment: NodeJS.ProcessEnv): Promise<Given> => {
  if (environment[ENVIRONMENT.secretsOnStdin] !== '1') {
    return { secrets: {}, keep: () => Promise.resolve() };
  }
  const folder = environment[ENVIRONMENT.webRoot] ?? CONTAINER.folder;
  const begun = existsSync(join(folder, 'db.sqlite'));
  const secrets = await readSecrets(process.stdin, begun ? WAIT_MS.again : WAIT_MS.first);
  const { environment: completed, keep } = await startEnvironment(folder, secrets);
  return { secrets: { ...secrets, environment: completed }, keep };
};

const openOutput = (): ((text: string) => void) =>
  logFileWriter(STDOUT) ??
  ((text) => {
    process.stdout.write(text);
  });

let output: ReturnType<typeof openOutput> | undefined;
let lines = '';
const flush = (): void => {
  if (lines === '') {
    return;
  }
  const text = lines;
  lines = '';
  output ??= openOutput();
  output(text);
};

/** Lines of one turn of the event loop are written at once; none is lost when the process ends. */
const write = (line: string): void => {
  if (lines === '') {
    setImmediate(flush);
  }
  lines += line;
};

const report = (error: unknown): StartError => {
  flush();
  const known =
    error instanceof StartError
      ? error
      : new StartError('failed', 'The backend could not start.', 'Look at the log lines before this one.', {
          cause: error,
        });
  const cause = known.cause instanceof Error ? { cause: known.cause.message } : {};
  const line = createLog('fatal', (text) => {
    writeSync(STDOUT, text);
  });
  line.fatal({ code: known.code, advice: known.advice, ...cause }, known.message);
  return known;
};

/** Ends the process with a code. */
export type Exit = (code: number) => void;

const run = async (exit: Exit, fail: (error: unknown) => void): Promise<void> => {
  const { secrets, keep } = await secretsOf(process.env);
  const config = readConfig(process.env, secrets);
  const tracing = await openTracing(config.tracing);
  const log = createLog(config.logLevel, write, tracing?.ids);
  tracing?.reportTo(log);
  const waiting = new AbortController();
  const giveUp = (): void => {
    waiting.abort();
  };
  for (const signal of STOP_SIGNALS) {
    process.once(signal, giveUp);
  }
  const options = { signal: waiting.signal, tracing };
  const server = await startServer(config, log, () => new Date(), options).catch((error: unknown) => {
    if (waiting.signal.aborted) {
      return undefined;
    }
    throw error;
  });
  if (server === undefined) {
    exit(0);
    return;
  }
  for (const signal of STOP_SIGNALS) {
    process.removeListener(signal, giveUp);
  }
  await keep();
  log.info({ url: server.url }, 'ready');
  // V8's own measure again, see main.ts: under load there is a lot to sort out.
  setFlagsFromString('--semi-space-growth-factor=2');
  const stopCollecting = collectWhenIdle();
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) {
      return;
    }
    stopping = true;
    log.info({ signal }, 'stopping');
    stopCollecting();
    const close = async (): Promise<void> => {
      await server.drain();
      await server.close();
      await tracing?.close();
      log.info({}, 'stopped');
      exit(0);
    };
    close().catch(fail);
  };
  for (const signal of STOP_SIGNALS) {
    process.on(signal, stop);
  }
  if (waiting.signal.aborted) {
    stop('SIGTERM');
  }
  process.on('SIGHUP', () => void server.reload());
};

/** Runs the backend with this process's environment, input, output and signals, until one of them ends it. */
export const runBackend = (exit: Exit): void => {
  const fail = (error: unknown): void => {
    exit(BACKEND_EXIT[report(error).code]);
  };
  // The database, the token key and their journals are nobody else's to read.
  process.umask(0o077);
  process.on('unhandledRejection', fail);
  process.on('exit', flush);
  run(exit, fail).catch(fail);
};
