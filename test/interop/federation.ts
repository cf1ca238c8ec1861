import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const runFile = promisify(execFile);
const CONSOLE = resolve('test/fixtures/console.py');
const CALL_MS = 180_000;

const Answer = z.object({
  sites: z.array(z.string()).optional(),
  status: z.string().optional(),
  done: z.boolean().optional(),
  error: z.string().optional(),
});
export type Answer = z.infer<typeof Answer>;

const Resources = z.looseObject({
  snapshot_persistor: z.looseObject({
    args: z.looseObject({ storage: z.looseObject({ args: z.looseObject({ root_dir: z.string() }) }) }),
  }),
  components: z.array(z.looseObject({ id: z.string(), args: z.record(z.string(), z.unknown()).optional() })),
});

/** A server's job storage under its own folder: by default all servers of a machine share one in /tmp. */
export const keepStorageApart = (kit: string): void => {
  const resources = Resources.parse(
    JSON.parse(readFileSync(join(kit, 'local/resources.json.default'), 'utf8')),
  );
  resources.snapshot_persistor.args.storage.args.root_dir = join(kit, 'snapshots');
  const components = resources.components.map((component) =>
    component.id === 'job_manager'
      ? { ...component, args: { ...component.args, uri_root: join(kit, 'jobs') } }
      : component,
  );
  writeFileSync(join(kit, 'local/resources.json'), JSON.stringify({ ...resources, components }));
};

/** NVIDIA's software of one release, run by the scripts of kits. */
export class Federation {
  readonly #environment: NodeJS.ProcessEnv;
  #started: readonly string[] = [];

  /** @param venv folder of the virtual environment */
  constructor(venv: string) {
    this.#environment = { ...process.env, PATH: `${join(venv, 'bin')}:${process.env['PATH'] ?? ''}` };
  }

  /** Runs a script of a kit's startup folder and gives what it printed. */
  async script(kit: string, name: string, ...args: readonly string[]): Promise<string> {
    const program = join(kit, 'startup', name);
    const { stdout } = await runFile(program, args, { env: this.#environment, timeout: CALL_MS });
    return stdout;
  }

  /** Starts a kit in the background. */
  async start(kit: string): Promise<void> {
    this.#started = [...this.#started, kit];
    await this.script(kit, 'start.sh');
  }

  /** One call of a console session, from a process of its own. */
  async console(kit: string, user: string, verb: string, ...args: readonly string[]): Promise<Answer> {
    const { stdout } = await runFile('python3', [CONSOLE, kit, user, verb, ...args], {
      env: this.#environment,
      cwd: kit,
      timeout: CALL_MS,
    });
    return Answer.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  }

  /** Waits until a condition holds; false after `seconds`. */
  async until(seconds: number, holds: () => boolean): Promise<boolean> {
    const end = Date.now() + seconds * 1000;
    while (!holds()) {
      if (Date.now() > end) return false;
      await new Promise((wake) => setTimeout(wake, 200));
    }
    return true;
  }

  /** Ends whatever still runs in a folder: by the kits' scripts, then by force what those leave. */
  async stopAll(folder: string): Promise<void> {
    await Promise.allSettled(this.#started.map((kit) => this.script(kit, 'stop_fl.sh', '-y')));
    for (const line of processesOf(folder)) {
      try {
        process.kill(Number.parseInt(line.trim(), 10), 'SIGKILL');
      } catch {
        // It ended by itself after it was listed.
      }
    }
  }
}

/** Pids whose command line names the folder. */
export const processesOf = (folder: string): readonly string[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && line.includes('nvflare'));

/** The text of a log file, or nothing while there is none. */
export const log = (kit: string, name: string): string =>
  existsSync(join(kit, name)) ? readFileSync(join(kit, name), 'utf8') : '';
