import { z } from 'zod';
import { BackendProcess } from './backend-process.ts';
import { holdLock } from './locked-database.ts';
import type { Reached, Row } from './row.ts';

const WRITERS = 64;
const WRITES_EACH = 50;
const HELD_MS = 3000;
const P99_MS = 100;
const EFFECT_MS = 1000;
const PASSWORD = 'correct-horse-battery';

const withBackend = async (use: (backend: BackendProcess) => Promise<Reached>): Promise<Reached> => {
  const backend = await BackendProcess.prepare();
  try {
    await backend.start();
    return await use(backend);
  } finally {
    await backend.remove();
  }
};

const writeAtOnce = async (backend: BackendProcess): Promise<Reached> => {
  const token = await backend.logIn();
  const statuses: number[] = [];
  await Promise.all(
    Array.from({ length: WRITERS }, async (_none, writer) => {
      for (let number = 0; number < WRITES_EACH; number += 1) {
        const body = { name: `site-${writer}-${number}`, organization: 'hospital' };
        statuses.push((await backend.ask({ method: 'POST', path: '/clients', token, body })).status);
      }
    }),
  );
  const stored = statuses.filter((status) => status === 201).length;
  const failed = statuses.filter((status) => status >= 500).length;
  return {
    figure: `${WRITERS} writers, ${statuses.length} writes, ${stored} stored, ${failed} 5xx`,
    met: stored === WRITERS * WRITES_EACH && failed === 0,
  };
};

const readWhileLocked = async (backend: BackendProcess): Promise<Reached> => {
  const { reads, p99, failed, writes } = await holdLock(backend, HELD_MS);
  const stored = writes.filter((status) => status === 201).length;
  return {
    figure: `${reads} reads, ${failed.length} failed, p99 ${p99.toFixed(1)} ms; ${stored} of ${writes.length} waiting writes stored`,
    met: failed.length === 0 && p99 < P99_MS && stored === writes.length,
  };
};

/** Changes a member in ways that allow or forbid reading the users, and looks when that counts. */
const changeMember = async (backend: BackendProcess): Promise<Reached> => {
  const admin = await backend.logIn();
  await backend.ask({ method: 'PATCH', path: '/project', token: admin, body: { public: true } });
  const email = 'member@example.org';
  const body = { email, password: PASSWORD, role: 'member', organization: 'hospital' };
  const { json } = await backend.ask({ method: 'POST', path: '/users', body });
  const { user } = z.object({ user: z.object({ id: z.number() }) }).parse(json);
  const token = await backend.logIn(email, PASSWORD);
  const took: number[] = [];
  const wrong: string[] = [];
  for (const [change, expected] of [
    [{ approval_state: 100 }, 200],
    [{ approval_state: 0 }, 403],
    [{ approval_state: 100, role: 'lead' }, 200],
    [{ password: 'another-horse-battery' }, 401],
  ] as const) {
    const began = performance.now();
    const { status } = await backend.ask({
      method: 'PATCH',
      path: `/users/${user.id}`,
      token: admin,
      body: change,
    });
    const seen = await backend.ask({ method: 'GET', path: '/users', token });
    took.push(performance.now() - began);
    if (status !== 200 || seen.status !== expected) {
      wrong.push(`${Object.keys(change).join()}: ${status}, then ${seen.status}`);
    }
  }
  const most = Math.max(...took);
  return {
    figure: `${took.length} changes counted at the next request, within ${most.toFixed(0)} ms; wrong: ${wrong.join('; ') || 'none'}`,
    met: wrong.length === 0 && most <= EFFECT_MS,
  };
};

/** Rows about concurrent writes, and about when a write counts. */
export const CONCURRENCY_ROWS: readonly Row[] = [
  {
    area: 'concurrency',
    promise: 'no "database is locked" seen by a client',
    figure: '64 parallel writers: 0 5xx',
    shown: { name: 'parallel-writers', measure: () => withBackend(writeAtOnce) },
  },
  {
    area: 'concurrency',
    promise: 'reads go on and writes wait while another program writes to the database for 3 s',
    figure: 'p99 of reads and /health < 100 ms, every write stored',
    shown: { name: 'locked-database', measure: () => withBackend(readWhileLocked) },
  },
  {
    area: 'approval',
    promise: 'approving, denying, role and password changes act on the next request',
    figure: '≤ 1 s',
    shown: { name: 'approval', measure: () => withBackend(changeMember) },
  },
];
