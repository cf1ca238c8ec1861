import { z } from 'zod';
import { ADMIN, BackendProcess, type ApiResponse } from './backend-process.ts';
import { FailingDisk } from './failing-disk.ts';
import { readStored } from './stored.ts';

/** Describes what happened on a disk that became read-only under a running backend. */
export interface ReadOnlyDisk {
  /** Errors; empty when all is as it should be. */
  readonly wrong: readonly string[];
  /** Writes refused meanwhile. */
  readonly refused: number;
  /** The sentence that they were refused with. */
  readonly message: string;
}

const SITES = 10;
const Problem = z.object({ code: z.string(), message: z.string(), request_id: z.string() });

/** A backend on a failing disk, and what it answered. */
class Trial {
  readonly wrong: string[] = [];
  readonly refused: string[] = [];
  readonly kept: string[] = [];
  readonly messages = new Set<string>();
  readonly #backend: BackendProcess;
  token = '';

  constructor(backend: BackendProcess) {
    this.#backend = backend;
  }

  ask(method: string, path: string, body?: object): Promise<ApiResponse> {
    return this.#backend.ask({ method, path, token: this.token, body });
  }

  expectThat(what: string, holds: boolean): void {
    if (!holds) {
      this.wrong.push(what);
    }
  }

  async add(name: string): Promise<ApiResponse> {
    const response = await this.ask('POST', '/clients', { name, organization: 'hospital' });
    (response.status === 201 ? this.kept : this.refused).push(name);
    return response;
  }

  /** Changes, a kit and a log-in are refused with the reason; lists and kept sessions go on. */
  async whileReadOnly(why: string): Promise<void> {
    const asked: [string, ApiResponse][] = [];
    for (let count = 0; count < SITES; count += 1) {
      asked.push(['a site', await this.add(`${why}-${count}`)]);
    }
    asked.push(['a kit', await this.ask('POST', '/servers/1/blob', {})]);
    asked.push(['a log-in', await this.ask('POST', '/login', ADMIN)]);
    for (const [what, { status, headers, json }] of asked) {
      const problem = Problem.safeParse(json).data;
      if (problem !== undefined) {
        this.messages.add(problem.message);
      }
      const clear = status === 503 && problem?.code === 'unavailable' && headers['retry-after'] !== undefined;
      this.expectThat(`${what} (${why}) is answered ${status} ${JSON.stringify(json)}`, clear);
    }
    for (const path of ['/clients', '/users', '/me', '/health', '/ready']) {
      const { status } = await this.ask('GET', path);
      this.expectThat(`GET ${path} (${why}) is answered ${status}`, status === 200);
    }
  }

  async whenWritable(when: string): Promise<void> {
    const { status } = await this.add(`again-${when}`);
    this.expectThat(`a site ${when} is answered ${status}`, status === 201);
    const kit = await this.ask('POST', '/servers/1/blob', {});
    this.expectThat(`a kit ${when} is answered ${kit.status}`, kit.status === 200);
  }

  lookAtStored(folder: string, kits: number): void {
    const { integrity, sites, serials } = readStored(folder);
    this.expectThat(`integrity_check says ${String(integrity)}`, integrity === 'ok');
    const lost = this.kept.filter((name) => !sites.has(name));
    this.expectThat(`acknowledged and lost: ${lost.join(', ')}`, lost.length === 0);
    const kept = this.refused.filter((name) => sites.has(name));
    this.expectThat(`refused and stored: ${kept.join(', ')}`, kept.length === 0);
    this.expectThat(`${serials.size} certificates instead of ${kits}`, serials.size === kits);
  }
}

/**
 * Lets writes to the database's open files be refused for a while, which needs no restart afterwards; then lets the
 * file system fail, which makes it read-only for good: after its repair the backend starts on it.
 */
export const runOnReadOnlyDisk = async (): Promise<ReadOnlyDisk> => {
  const disk = new FailingDisk();
  const backend = await BackendProcess.prepare({ folder: disk.folder, logInFolder: true });
  const trial = new Trial(backend);
  try {
    await backend.start();
    trial.token = await backend.logIn();
    const project = { short_name: 'demo', server1: 'server.example.org', key_bits: 2048, frozen: true };
    const frozen = await trial.ask('PATCH', '/project', project);
    trial.expectThat(`the freeze is answered ${frozen.status}`, frozen.status === 200);
    await trial.whenWritable('before');
    const before = readStored(disk.folder).serials.size;
    disk.lock();
    await trial.whileReadOnly('locked');
    disk.unlock();
    await trial.whenWritable('unlocked');
    trial.lookAtStored(disk.folder, before + 1);
    disk.fail();
    await trial.whileReadOnly('failed');
    await backend.stop();
    disk.repair();
    await backend.start();
    trial.token = await backend.logIn();
    await trial.whenWritable('repaired');
    trial.lookAtStored(disk.folder, before + 2);
  } finally {
    await backend.kill();
    disk.remove();
  }
  const { wrong, refused, messages } = trial;
  return { wrong, refused: refused.length, message: [...messages].join(' / ') };
};
