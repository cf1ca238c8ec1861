import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { BackendProcess, type ApiResponse } from './backend-process.ts';
import { SmallDisk } from './small-disk.ts';
import { readStored } from './stored.ts';

const MAX_WRITES = 2000;
const SITES_AFTER = 20;
/** Within which the write-ahead log is emptied, if the disk lets it. */
const EMPTIED_MS = 3000;
const POLL_MS = 50;

/** Describes what happened on a disk that was full for a while. */
export interface FullDisk {
  /** Errors; empty when all is as it should be. */
  readonly wrong: readonly string[];
  /** Writes refused while it was full. */
  readonly refused: number;
  /** The sentence that they were refused with. */
  readonly message: string;
}

const Problem = z.object({ code: z.string(), message: z.string(), request_id: z.string() });

/** Lets a backend run out of disk, uses it, gives space back, and looks that nothing is half done. */
export const runOutOfDisk = async (): Promise<FullDisk> => {
  const disk = new SmallDisk();
  const backend = await BackendProcess.prepare({ folder: disk.folder, logInFolder: true });
  const wrong: string[] = [];
  const refused: string[] = [];
  const kept: string[] = [];
  let message = '';
  const expectThat = (what: string, holds: boolean): void => {
    if (!holds) {
      wrong.push(what);
    }
  };
  try {
    await backend.start();
    const token = await backend.logIn();
    const addSite = async (name: string): Promise<ApiResponse> => {
      const body = { name, organization: 'hospital' };
      const response = await backend.ask({ method: 'POST', path: '/clients', token, body });
      if (response.status === 201) {
        kept.push(name);
      } else {
        refused.push(name);
      }
      return response;
    };
    const project = { short_name: 'demo', server1: 'server.example.org', key_bits: 2048, frozen: true };
    await backend.ask({ method: 'PATCH', path: '/project', token, body: project });
    await addSite('before');
    const issuedBefore = readStored(disk.folder).serials.size;
    for (let round = 0; round < 2; round += 1) {
      disk.fill();
      // The write-ahead log has some room of its own, and gives it back when it is emptied.
      const before = refused.length;
      while (refused.length === before && kept.length < MAX_WRITES) {
        await addSite(`filling-${kept.length}-${refused.length}`);
      }
      const began = performance.now();
      while (disk.has('db.sqlite-wal') && performance.now() - began < EMPTIED_MS) {
        await pause(POLL_MS);
      }
    }
    disk.fill();
    for (let count = 0; count < SITES_AFTER; count += 1) {
      const { status, headers, json } = await addSite(`full-${count}`);
      const problem = Problem.safeParse(json);
      message = problem.data?.message ?? message;
      expectThat(
        `a write on a full disk is answered ${status} ${JSON.stringify(json)}`,
        status === 503 && problem.data?.code === 'unavailable' && headers['retry-after'] !== undefined,
      );
    }
    const kit = await backend.ask({ method: 'POST', path: '/servers/1/blob', token, body: {} });
    expectThat(`a kit on a full disk is answered ${kit.status}`, kit.status === 503);
    const login = await backend.ask({
      method: 'POST',
      path: '/login',
      body: { email: 'admin@example.org', password: 'correct-horse-battery' },
    });
    expectThat(`a log-in on a full disk is answered ${login.status}`, login.status === 503);
    const list = await backend.ask({ method: 'GET', path: '/clients', token });
    expectThat(`a list on a full disk is answered ${list.status}`, list.status === 200);
    disk.free();
    const again = await addSite('again');
    expectThat(`a write with space again is answered ${again.status}`, again.status === 201);
    const kitAgain = await backend.ask({ method: 'POST', path: '/servers/1/blob', token, body: {} });
    expectThat(`a kit with space again is answered ${kitAgain.status}`, kitAgain.status === 200);
    const audit = await backend.ask({ method: 'GET', path: '/audit?limit=1', token });
    const { intact } = z.object({ intact: z.boolean() }).parse(audit.json);
    expectThat('the audit chain is broken', intact);
    const stored = readStored(disk.folder);
    expectThat(`integrity_check says ${String(stored.integrity)}`, stored.integrity === 'ok');
    expectThat(
      'an acknowledged write is lost',
      kept.every((name) => stored.sites.has(name)),
    );
    expectThat(
      'a refused write is stored',
      refused.every((name) => !stored.sites.has(name)),
    );
    expectThat('a kit that failed is in the ledger', stored.serials.size === issuedBefore + 1);
    const exitCode = await backend.stop();
    expectThat(`it ended with ${String(exitCode)}`, exitCode === 0);
  } finally {
    await backend.kill();
    disk.remove();
  }
  return { wrong, refused: refused.length, message };
};
