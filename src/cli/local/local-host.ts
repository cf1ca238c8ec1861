import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ENVIRONMENT } from '../../domain/environment.ts';
import { encodeSecretFrame, type Secrets } from '../../domain/secret-frame.ts';
import { isHealthy } from '../backend/probe.ts';
import { backendFault } from '../errors/backend-faults.ts';
import { FAULTS } from '../errors/faults.ts';
import type { Existing, Host } from '../host.ts';
import { packageVersion } from '../package-version.ts';
import type { Runtime } from '../runtime.ts';
import type { StartSettings } from '../settings/start-settings.ts';
import { checkPortFree } from './free-port.ts';
import {
  findLocal,
  localLogPath,
  removeLocalState,
  writeLocalState,
  type LocalState,
} from './local-state.ts';
import { readLogTail } from './log-tail.ts';
import { processStart } from './process-identity.ts';
import { stopProcess } from './stop-process.ts';

const POLL_MS = 50;
const LOG_LINES = 20;

/** Never inherited: they go over standard input, or come from options. */
const NOT_INHERITED: readonly string[] = Object.values(ENVIRONMENT);

/** What a plain process is started with. */
export interface LocalPlan {
  readonly settings: StartSettings;
  readonly scheme: 'http' | 'https';
  /** Environment that everybody may see. */
  readonly environment: Readonly<Record<string, string>>;
}

const inherited = (runtime: Runtime): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(runtime.environment).filter(([name]) => !NOT_INHERITED.includes(name)));

const exitOf = (child: ChildProcess): number | undefined =>
  child.exitCode ?? (child.signalCode === null ? undefined : 1);

/** The backend as a detached process of this user, which outlives the terminal. */
export class LocalHost implements Host {
  readonly kind = 'process';
  readonly ours = true;
  readonly hostName = 'localhost';
  readonly origin: string;
  readonly hints: Host['hints'];
  private readonly plan: LocalPlan;
  private readonly runtime: Runtime;
  private state: LocalState | undefined;

  constructor(plan: LocalPlan, runtime: Runtime) {
    const { folder, port } = plan.settings;
    this.plan = plan;
    this.runtime = runtime;
    this.origin = `${plan.scheme}://127.0.0.1:${port}`;
    this.hints = { logs: `tail -f '${localLogPath(folder)}'`, stop: `dashboard stop --local -f '${folder}'` };
  }

  async existing(): Promise<Existing | undefined> {
    const { settings, scheme } = this.plan;
    const running = await findLocal(settings.folder, this.runtime.platform);
    if (running === undefined) return undefined;
    const differences = [
      ...(settings.portGiven && running.port !== settings.port
        ? [`port ${running.port} instead of ${settings.port}`]
        : []),
      ...(running.scheme === scheme ? [] : [`${running.scheme} instead of ${scheme}`]),
    ];
    return { differences, port: running.port };
  }

  async prepare(): Promise<void> {
    const entry = this.entry();
    if (!existsSync(entry)) throw FAULTS.notBuilt({ path: entry });
    await checkPortFree(this.plan.settings.port, this.plan.environment[ENVIRONMENT.webHost]);
  }

  async launch(secrets: Secrets): Promise<void> {
    const { folder, port } = this.plan.settings;
    const logPath = localLogPath(folder);
    const log = await open(logPath, 'a', 0o600);
    await chmod(logPath, 0o600);
    const logStart = (await log.stat()).size;
    const child = spawn(this.runtime.node, [this.entry()], {
      cwd: folder,
      detached: true,
      stdio: ['pipe', log.fd, log.fd],
      env: {
        ...inherited(this.runtime),
        ...this.plan.environment,
        [ENVIRONMENT.webRoot]: folder,
        [ENVIRONMENT.webPort]: String(port),
        [ENVIRONMENT.secretsOnStdin]: '1',
      },
    });
    try {
      child.on('error', () => undefined);
      // A backend that ends at once closes the pipe; how it ended is told by its exit code.
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(encodeSecretFrame(secrets));
      await this.remember(child);
      await this.untilReady(child, logPath, logStart);
    } catch (thrown) {
      await this.withdraw();
      throw thrown;
    } finally {
      await log.close();
      child.unref();
    }
  }

  async withdraw(): Promise<void> {
    const { folder, timeoutSeconds } = this.plan.settings;
    if (this.state !== undefined) {
      await stopProcess(folder, this.state, Math.min(timeoutSeconds, 10), this.runtime.platform);
    }
    this.state = undefined;
    await removeLocalState(folder);
  }

  private entry(): string {
    return join(this.runtime.packageRoot, 'dist', 'server', 'main.js');
  }

  private async remember(child: ChildProcess): Promise<void> {
    const { pid } = child;
    const startedAt = pid === undefined ? undefined : await processStart(pid, this.runtime.platform);
    if (pid === undefined || startedAt === undefined) return;
    this.state = {
      pid,
      startedAt,
      port: this.plan.settings.port,
      scheme: this.plan.scheme,
      version: packageVersion(this.runtime.packageRoot),
    };
    await writeLocalState(this.plan.settings.folder, this.state);
  }

  private async untilReady(child: ChildProcess, logPath: string, logStart: number): Promise<void> {
    const { folder, port, timeoutSeconds } = this.plan.settings;
    const { signal } = this.runtime;
    const end = Date.now() + timeoutSeconds * 1000;
    for (;;) {
      const exitCode = exitOf(child);
      if (exitCode !== undefined || child.pid === undefined) {
        const lastLines = await readLogTail(logPath, logStart, LOG_LINES);
        throw backendFault({ exitCode: exitCode ?? 1, lastLines, port, folder });
      }
      if (await isHealthy(this.origin, true, signal)) return;
      if (Date.now() > end) {
        const lines = await readLogTail(logPath, logStart, LOG_LINES);
        throw FAULTS.notReady({ seconds: timeoutSeconds }, { lines });
      }
      await wait(POLL_MS, undefined, { signal });
    }
  }
}
