import { existsSync } from 'node:fs';
import { ENVIRONMENT } from '../../../contract/environment.ts';
import type { Secrets } from '../../../contract/secret-frame.ts';
import { backendEntry } from '../../backend/backend-entry.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { shellWord } from '../../output/shell-word.ts';
import { packageVersion } from '../../package-version.ts';
import type { Runtime } from '../../runtime.ts';
import type { StartDefaults } from '../../settings/start-settings.ts';
import type { Deployment } from '../deployment.ts';
import type { Host, SettingChange } from '../host.ts';
import { shownHost, singleAddress } from '../listen-address.ts';
import { maskedValue } from '../masked.ts';
import { checkPortFree } from './free-port.ts';
import { endedProcess, findProcess } from './process-deployment.ts';
import { ProcessLaunch, type ProcessPlan } from './process-launch.ts';

/** Runs the dashboard as a plain process of this user. */
export class LocalHost implements Host {
  readonly kind = 'process';
  readonly foreign = false;
  readonly hostName: string;
  readonly origin: string;
  readonly hints: Host['hints'];
  readonly version: string;
  private readonly plan: ProcessPlan;
  private readonly runtime: Runtime;
  private readonly process: ProcessLaunch;

  constructor(plan: ProcessPlan, runtime: Runtime) {
    const { folder } = plan.settings;
    this.plan = plan;
    this.runtime = runtime;
    this.process = new ProcessLaunch(plan, runtime);
    this.version = packageVersion(runtime.packageRoot);
    this.origin = this.process.origin;
    this.hostName = shownHost(singleAddress(plan.environment));
    const where = `--local -f ${shellWord(folder)}`;
    this.hints = {
      logs: `dashboard logs --follow --folder ${shellWord(folder)}`,
      stop: `dashboard stop ${where}`,
    };
  }

  existing(): Promise<Deployment | undefined> {
    return findProcess(this.plan.settings.folder, this.runtime);
  }

  ended(): Promise<StartDefaults | undefined> {
    return endedProcess(this.plan.settings.folder, this.runtime);
  }

  async changes(): Promise<readonly SettingChange[]> {
    const { settings, environment } = this.plan;
    const existing = (await this.existing())?.settings ?? (await this.ended());
    if (existing === undefined) {
      return [];
    }
    const { port, environment: present = {} } = existing;
    const names = [...new Set([...Object.keys(present), ...Object.keys(environment)])].sort();
    const variables = names
      .filter((name) => present[name] !== environment[name])
      .map((name) => ({
        setting: `environment ${name}`,
        from: maskedValue(name, present[name]),
        to: maskedValue(name, environment[name]),
      }));
    const moved = { setting: 'port', from: String(port), to: String(settings.port) };
    return [...(port === settings.port ? [] : [moved]), ...variables];
  }

  async checkPort(): Promise<void> {
    await checkPortFree(this.plan.settings.port, this.plan.environment[ENVIRONMENT.webHost]);
  }

  prepare(): Promise<void> {
    const entry = backendEntry(this.runtime.packageRoot);
    return existsSync(entry) ? Promise.resolve() : Promise.reject(CLI_ERRORS.notBuilt({ path: entry }));
  }

  launch(secrets: Secrets): Promise<void> {
    return this.process.launch(secrets);
  }

  attend(showLine: (line: string) => void): Promise<number> {
    return this.process.attend(showLine);
  }

  warnings(count: number): Promise<readonly string[]> {
    return this.process.warnings(count);
  }

  trialOn(folder: string, port: number): Host {
    const { settings, scheme, environment } = this.plan;
    const loopback = { ...environment, [ENVIRONMENT.webHost]: '127.0.0.1' };
    const trial = { ...settings, folder, port, foreground: false };
    return new LocalHost({ settings: trial, scheme, environment: loopback }, this.runtime);
  }

  withdraw(): Promise<void> {
    return this.process.withdraw();
  }
}
