import { chmod, open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { ENVIRONMENT } from '../../../contract/environment.ts';
import { isMissing } from '../../../contract/error-code.ts';
import { encodeSecretFrame, type Secrets } from '../../../contract/secret-frame.ts';
import { backendEntry } from '../../backend/backend-entry.ts';
import { loggedWarning } from '../../backend/logged-warning.ts';
import { isHealthy } from '../../backend/probe.ts';
import { backendError } from '../../errors/backend-error.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { systemReason } from '../../../contract/system-reason.ts';
import { packageVersion } from '../../package-version.ts';
import type { Runtime } from '../../runtime.ts';
import type { StartSettings } from '../../settings/start-settings.ts';
import { singleAddress, urlHost } from '../listen-address.ts';
import { claimStart } from './claim-start.ts';
import { followFile } from './follow-file.ts';
import { findEnded, localLogPath, removeLocalState, writeLocalState } from './local-state.ts';
import { readLogTail } from './log-tail.ts';
import { processStart } from './process-identity.ts';
import { findServiceUnit } from './service-unit.ts';
import type { BackendProcess } from './spawn-backend.ts';

const POLL_MS = 50;
const LOG_LINES = 20;
const START_LINES = 200;
const STOP_SECONDS = 30;

/** Never inherited: they go over standard input, or come from options. */
const NOT_INHERITED: readonly string[] = Object.values(ENVIRONMENT);

/** glibc keeps memory for each thread apart, in up to eight pools a core; the image sets the same. */
const LITTLE_MEMORY = { MALLOC_ARENA_MAX: '1' } as const;

/** Describes what a plain process is started with. */
export interface ProcessPlan {
  readonly settings: StartSettings;
  readonly scheme: 'http' | 'https';
  /** Environment that everybody may see. */
  readonly environment: Readonly<Record<string, string>>;
}

const inherited = (runtime: Runtime): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(runtime.environment).filter(([name]) => !NOT_INHERITED.includes(name)));

/** Starts the backend as a detached process of this user, which outlives the terminal, and ends it again. */
export class ProcessLaunch {
  /** Address to ask it at from here, such as `http://127.0.0.1:8443`. */
  readonly origin: string;
  private readonly plan: ProcessPlan;
  private readonly runtime: Runtime;
  private child: BackendProcess | undefined;
  /** Where in the log this launch begins. */
  private logStart = 0;

  constructor(plan: ProcessPlan, runtime: Runtime) {
    this.plan = plan;
    this.runtime = runtime;
    const host = urlHost(singleAddress(plan.environment) ?? '127.0.0.1');
    this.origin = `${plan.scheme}://${host}:${plan.settings.port}`;
  }

  /** Starts it and waits until it responds; when that fails, all is as it was before. @throws CliError */
  async launch(secrets: Secrets): Promise<void> {
    const { folder, port } = this.plan.settings;
    const { spawnBackend } = await import('./spawn-backend.ts');
    const earlier = await findEnded(folder, this.runtime.platform);
    const release = await claimStart(folder, this.runtime);
    const logPath = localLogPath(folder);
    const log = await open(logPath, 'a', 0o600).catch(async (cause: unknown) => {
      await release();
      const reason = isMissing(cause) ? 'no file can be made there' : systemReason(cause);
      throw CLI_ERRORS.logNotWritable({ path: logPath, reason }, { cause });
    });
    try {
      await chmod(logPath, 0o600);
      this.logStart = (await log.stat()).size;
      const child = spawnBackend(backendEntry(this.runtime.packageRoot), this.runtime, {
        cwd: folder,
        logDescriptor: log.fd,
        environment: {
          ...LITTLE_MEMORY,
          ...inherited(this.runtime),
          ...this.plan.environment,
          [ENVIRONMENT.webRoot]: folder,
          [ENVIRONMENT.webPort]: String(port),
          [ENVIRONMENT.secretsOnStdin]: '1',
        },
      });
      this.child = child;
      // Written down before it may begin: whatever happens from here on, `--stop` finds it.
      await this.remember(child);
      child.sendSecrets(encodeSecretFrame(secrets));
      await this.untilReady(child, logPath);
      if (!this.plan.settings.foreground) {
        child.release();
      }
    } catch (error) {
      // Why it failed matters more than a file that cannot be removed.
      await this.withdraw().catch(() => undefined);
      if (earlier !== undefined) {
        // The next attempt finds the settings that this one found.
        await writeLocalState(folder, earlier).catch(() => undefined);
      }
      throw error;
    } finally {
      await log.close();
      await release();
    }
  }

  /** Stays with it until it ends, showing its log. @returns its exit code; 0 when the signal stopped it */
  async attend(showLine: (line: string) => void): Promise<number> {
    const { child, runtime } = this;
    if (child === undefined) {
      return 0;
    }
    const over = new AbortController();
    const stop = (): void => void this.withdraw();
    runtime.signal.addEventListener('abort', stop, { once: true });
    if (runtime.signal.aborted) {
      stop();
    }
    const ended = child.finished.finally(() => {
      over.abort();
    });
    const { logStart } = this;
    for await (const { text } of followFile(localLogPath(this.plan.settings.folder), {
      follow: true,
      from: logStart,
      signal: over.signal,
    })) {
      showLine(text);
    }
    const { exitCode, killed } = await ended;
    await removeLocalState(this.plan.settings.folder);
    if (runtime.signal.aborted) {
      return 0;
    }
    return killed ? CLI_ERRORS.backendFailed({ reason: 'a signal ended it' }).exitCode : exitCode;
  }

  /** Returns the warnings that it logged since its launch, at most so many. */
  async warnings(count: number): Promise<readonly string[]> {
    const lines = await readLogTail(localLogPath(this.plan.settings.folder), this.logStart, START_LINES);
    return lines.flatMap((line) => loggedWarning(line) ?? []).slice(0, count);
  }

  /** Ends what was launched. */
  async withdraw(): Promise<void> {
    await this.child?.stop(Math.min(this.plan.settings.timeoutSeconds, STOP_SECONDS) * 1000);
    this.child = undefined;
    await removeLocalState(this.plan.settings.folder);
  }

  /** @throws CliError `backend_failed` when it could not be found again */
  private async remember(child: BackendProcess): Promise<void> {
    const { folder, port } = this.plan.settings;
    const { pid } = child;
    if (pid === undefined) {
      return;
    }
    const startedAt = await processStart(pid, this.runtime.platform);
    if (startedAt === undefined) {
      await child.stop(0);
      // What ended by itself has something to say in its log.
      if (child.end()?.killed !== true) {
        return;
      }
      throw CLI_ERRORS.backendFailed({
        reason: 'the time at which its process was started cannot be read, so it could not be stopped later',
        advice: 'Let this user see its own processes (/proc, or ps).',
      });
    }
    const { packageRoot } = this.runtime;
    const { scheme, environment } = this.plan;
    const version = packageVersion(packageRoot);
    const unit = await findServiceUnit(this.runtime);
    const state = { pid, startedAt, port, scheme, version, environment, unit };
    await writeLocalState(folder, state).catch((cause: unknown) => {
      const reason = `its process cannot be written down in ${folder}: ${systemReason(cause)}`;
      const advice = `Let this user write ${folder}, and see that the disk is not full.`;
      throw CLI_ERRORS.backendFailed({ reason, advice }, { cause });
    });
  }

  private async untilReady(child: BackendProcess, logPath: string): Promise<void> {
    const { folder, port, timeoutSeconds } = this.plan.settings;
    const { signal } = this.runtime;
    const end = Date.now() + timeoutSeconds * 1000;
    for (;;) {
      const ended = child.end();
      if (ended?.notStarted !== undefined) {
        throw CLI_ERRORS.backendFailed({ reason: ended.notStarted });
      }
      if (ended !== undefined) {
        const lastLines = await readLogTail(logPath, this.logStart, LOG_LINES);
        throw backendError({ exitCode: ended.exitCode, lastLines, port, folder });
      }
      if (await isHealthy(this.origin, false, signal)) {
        return;
      }
      if (Date.now() > end) {
        const lines = await readLogTail(logPath, this.logStart, LOG_LINES);
        throw CLI_ERRORS.notReady({ seconds: timeoutSeconds }, { lines });
      }
      await wait(POLL_MS, undefined, { signal });
    }
  }
}
