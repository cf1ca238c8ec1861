import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Pool } from 'undici';
import { z } from 'zod';
import { APPROVED } from '../../src/contract/approval.ts';
import type { Database } from '../../src/backend/store/database.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { ADMIN, BackendProcess } from '../soak/backend-process.ts';
import { state, States, type Person, type Placed } from './tenant-states.ts';

const STATES = Number(process.env['TENANT_STATES'] ?? 100);
/** People log in again after so many: a session lasts 30 minutes. */
const STATES_A_SESSION = 1000;
const MINUTE = 60_000;
/** States are written by the thousand: in memory, where there is such a folder. */
const MEMORY = '/dev/shm';

const Users = z.object({ user_list: z.array(z.object({ id: z.number(), organization: z.string() })) });
const Sites = z.object({
  client_list: z.array(
    z.looseObject({
      id: z.number(),
      organization: z.string(),
      approval_state: z.number(),
      description: z.string(),
      capacity: z.object({ num_of_gpus: z.number(), mem_per_gpu_in_GiB: z.number() }),
    }),
  ),
});
/** Asks as one person. @returns the JSON of answers with 200 only */
type Asked = (
  method: string,
  path: string,
  body?: object,
) => Promise<{ readonly status: number; readonly json: unknown }>;

let backend: BackendProcess;
let db: Database;
let states: States;
let pool: Pool;
let requests = 0;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'backend-'));
  backend = await BackendProcess.prepare({ folder });
  await backend.start();
  pool = new Pool(backend.url, { connections: 64 });
  db = await openDatabase({ engine: 'sqlite', file: path.join(folder, 'db.sqlite') });
  states = await States.prepare(db, ADMIN.password);
}, MINUTE);
afterAll(async () => {
  await pool.destroy();
  await db.close();
  await backend.remove();
});

const asking = (token: string): Asked => {
  const authorization = `Bearer ${token}`;
  return async (method, route, body) => {
    requests += 1;
    const response = await pool.request({
      method,
      path: `/api/v1${route}`,
      headers: body === undefined ? { authorization } : { authorization, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.body.text();
    return { status: response.statusCode, json: response.statusCode === 200 ? JSON.parse(text) : undefined };
  };
};

const REFUSED = new Set([401, 403, 404]);
const mayList = ({ approval, role }: Person): boolean => approval >= APPROVED && role !== '';
const idsOf = (many: readonly { readonly id: number }[]): string =>
  String(many.map(({ id }) => id).sort((a, b) => a - b));

/** Returns what is wrong with the list of users that one person gets. */
const lookAtUsers = async (ask: Asked, requester: Person, { people }: Placed): Promise<readonly string[]> => {
  const { status, json } = await ask('GET', '/users');
  if (!mayList(requester)) {
    const refused = requester.approval < 0 ? status === 401 : REFUSED.has(status);
    return refused ? [] : [`users: ${status}`];
  }
  if (status !== 200) {
    return [`users: ${status}`];
  }
  const seen = idsOf(Users.parse(json).user_list);
  const colleagues = people.filter(({ organization }) => organization === requester.organization);
  const own = idsOf(colleagues.filter(({ approval }) => approval >= 0));
  return seen === own ? [] : [`users: ${seen} instead of ${own}`];
};

/**
 * Returns what is wrong with the list of sites that one person gets: others' are shown approved, and bare of all but
 * names.
 */
const lookAtSites = async (
  ask: Asked,
  requester: Person,
  { people, sites }: Placed,
): Promise<readonly string[]> => {
  const { status, json } = await ask('GET', '/clients');
  if (requester.approval < 0) {
    return status === 401 ? [] : [`sites: ${status}`];
  }
  if (status !== 200) {
    return REFUSED.has(status) && !mayList(requester) ? [] : [`sites: ${status}`];
  }
  const seen = Sites.parse(json).client_list;
  const foreign = seen.filter(({ organization }) => organization !== requester.organization);
  const bare = ({ description, capacity, props, approval_state }: (typeof seen)[number]): boolean =>
    requester.approval >= APPROVED &&
    approval_state >= APPROVED &&
    description === '' &&
    capacity.num_of_gpus + capacity.mem_per_gpu_in_GiB === 0 &&
    props === undefined;
  const own = sites.filter(({ organization, owner }) =>
    mayList(requester) ? organization === requester.organization : people[owner]?.id === requester.id,
  );
  const found = idsOf(seen.filter(({ organization }) => organization === requester.organization));
  return [
    ...foreign.filter((one) => !bare(one)).map(({ id }) => `site ${id} is shown`),
    ...(found === idsOf(own) ? [] : [`sites: ${found} instead of ${idsOf(own)}`]),
  ];
};

interface Try {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  /** Whether the person may see it; without it nothing but a refusal is right. */
  readonly visible?: boolean;
}

/** Everything there is to do with an object. */
const tries = (path: string, change: object, visible = false): readonly Try[] => [
  { method: 'GET', path, visible },
  { method: 'PATCH', path, body: change },
  { method: 'DELETE', path },
  { method: 'POST', path: `${path}/blob`, body: {} },
];

/** Everything with each site of other organizations, and one thing with each of their people, in turn. */
const triesOf = (requester: Person, { people, sites }: Placed): readonly Try[] => [
  ...sites
    .filter(({ organization }) => organization !== requester.organization)
    .flatMap(({ id, approval }) =>
      tries(`/clients/${id}`, { description: 'x' }, mayList(requester) && approval >= APPROVED),
    ),
  ...people
    .filter(({ organization }) => organization !== requester.organization)
    .flatMap(({ id }, index) => {
      const all = tries(`/users/${id}`, { name: 'x' });
      return all.slice((requester.id + index) % all.length).slice(0, 1);
    }),
];

/** Returns what one person reaches of other organizations' objects, each of which is tried. */
const reach = async (ask: Asked, requester: Person, placed: Placed): Promise<readonly string[]> => {
  const found = triesOf(requester, placed).map(async ({ method, path: route, body, visible = false }) => {
    const { status } = await ask(method, route, body);
    return (visible ? status === 200 : REFUSED.has(status)) ? [] : [`${method} ${route}: ${status}`];
  });
  return (await Promise.all(found)).flat();
};

/** Everything that all people of a state see and reach though they should not, and what has changed by it. */
const trespasses = async (placed: Placed, asks: readonly Asked[]): Promise<readonly string[]> => {
  const before = await states.content();
  const found = placed.people.map(async (requester, index) => {
    const ask = asks[index];
    if (ask === undefined) {
      throw new Error('no such person');
    }
    const wrong = await Promise.all([
      lookAtUsers(ask, requester, placed),
      lookAtSites(ask, requester, placed),
      reach(ask, requester, placed),
    ]);
    return wrong.flat().map((text) => `person ${index}: ${text}`);
  });
  const wrong = (await Promise.all(found)).flat();
  return (await states.content()) === before ? wrong : [...wrong, 'something has changed'];
};

it(
  'nobody sees or touches what is of another organization, whatever the state of the project',
  async () => {
    for (let left = STATES; left > 0; left -= STATES_A_SESSION) {
      await states.admitAll();
      const tokens = await Promise.all(
        states.people.map(({ email }) => backend.logIn(email, ADMIN.password)),
      );
      const asks = tokens.map(asking);
      await fc.assert(
        fc.asyncProperty(state, async (wanted) => {
          expect(await trespasses(await states.place(wanted), asks)).toEqual([]);
        }),
        { numRuns: Math.min(left, STATES_A_SESSION), endOnFailure: true },
      );
    }
    process.stdout.write(`tenants: ${STATES} states, ${requests} requests, 0 foreign objects\n`);
  },
  STATES * 3000 + MINUTE,
);
