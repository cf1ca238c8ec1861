import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dashboard, type Ended } from '../e2e/command.ts';
import { Api } from '../e2e/api.ts';
import { freePort } from '../support/free-port.ts';

export const ADMIN = { email: 'admin@example.org', password: 'Amber-Lantern-3' } as const;

/** A project folder and the command that works on it, as plain processes. */
export interface CommandedProject {
  readonly folder: string;
  /** Runs the command on the folder. @param environment such as DATABASE_URL */
  readonly run: (args: readonly string[], environment?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly start: (environment?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly stop: () => Promise<Ended>;
  /** Logs the admin in, works, and logs out. */
  readonly asAdmin: <T>(work: (admin: Api) => Promise<T>) => Promise<T>;
  /** Stops it and removes the folder. */
  readonly remove: () => Promise<void>;
}

export const makeProject = async (): Promise<CommandedProject> => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-cluster-'));
  const port = await freePort();
  const run: CommandedProject['run'] = (args, environment = {}) =>
    dashboard([...args, '-f', folder], { cwd: folder, environment });
  const stop = (): Promise<Ended> => run(['stop', '--local']);
  return {
    folder,
    run,
    start: (environment) =>
      run(
        ['start', '--local', '-p', String(port), '--cred', `${ADMIN.email}:${ADMIN.password}:org`],
        environment,
      ),
    stop,
    asAdmin: async (work) => {
      const anyone = new Api(`http://127.0.0.1:${port}`);
      const admin = await anyone.logIn(ADMIN.email, ADMIN.password);
      try {
        return await work(admin);
      } finally {
        await Promise.all([anyone.close(), admin.close()]);
      }
    },
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Registers a site. */
export const addSite = (project: CommandedProject, name: string): Promise<void> =>
  project.asAdmin(async (admin) => {
    await admin.must('POST', '/clients', { name, organization: 'org' });
  });

export const siteNames = (project: CommandedProject): Promise<string> =>
  project.asAdmin(async (admin) => (await admin.must('GET', '/clients')).body.toString());
