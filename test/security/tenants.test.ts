import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { insertClient } from '../../src/server/store/clients.ts';
import type { Database } from '../../src/server/store/database.ts';
import { idOfName } from '../../src/server/store/named-rows.ts';
import { openDatabase } from '../../src/server/store/open.ts';
import { toTimestamp } from '../../src/server/store/timestamp.ts';
import { updateUser } from '../../src/server/store/users.ts';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';

const STATES = Number(process.env['TENANT_STATES'] ?? 100);
const PEOPLE = 8;
const SITES = 10;
const MINUTE = 60_000;
const DESCRIPTION = 'Ward 7, ask Dr. Grey';
const CAPACITY = { num_of_gpus: 3, mem_per_gpu_in_GiB: 40 };

const person = fc.record({
  role: fc.constantFrom('org_admin', 'lead', 'member', ''),
  organization: fc.constantFrom('clinic', 'hospital', 'lab'),
  approval: fc.constantFrom(0, 100, -1),
});
const site = fc.record({ owner: fc.nat(PEOPLE - 1), approval: fc.constantFrom(0, 100, -1) });
const state = fc.record({
  people: fc.array(person, { minLength: PEOPLE, maxLength: PEOPLE }),
  sites: fc.array(site, { maxLength: SITES }),
});
type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Person = Generated<typeof person>;

const Users = z.array(z.object({ id: z.number(), organization: z.string() }));
const Sites = z.array(
  z.looseObject({
    id: z.number(),
    organization: z.string(),
    approval_state: z.number(),
    description: z.string(),
    capacity: z.object({ num_of_gpus: z.number(), mem_per_gpu_in_GiB: z.number() }),
  }),
);
interface PlacedSite {
  readonly id: number;
  readonly owner: number;
  readonly organization: string;
  readonly approval: number;
}

let backend: Backend;
let db: Database;
const people: (Ask & { id: number })[] = [];

beforeAll(async () => {
  backend = await startBackend();
  for (let number = 0; number < PEOPLE; number += 1) {
    people.push(await backend.user(`person-${number}@example.org`, 'member', 'clinic', 100));
  }
  db = await openDatabase(backend.database);
}, MINUTE);
afterAll(async () => {
  await db.close();
  await backend.close();
});

/** Puts the state into the database, as another process would. */
const place = ({ people: who, sites }: Generated<typeof state>): Promise<readonly PlacedSite[]> =>
  db.write(async (trx) => {
    const at = toTimestamp(new Date());
    await trx.deleteFrom('client').execute();
    for (const [index, { role, organization, approval }] of who.entries()) {
      await updateUser(trx, people[index]?.id ?? 0, {
        role_id: await idOfName(trx, 'role', role, at),
        organization_id: await idOfName(trx, 'organization', organization, at),
        approval_state: approval,
      });
    }
    const placed: PlacedSite[] = [];
    for (const [index, { owner, approval }] of sites.entries()) {
      const organization = who[owner]?.organization ?? '';
      const id = await insertClient(trx, {
        name: `site-${index}`,
        description: DESCRIPTION,
        organizationId: await idOfName(trx, 'organization', organization, at),
        creatorId: people[owner]?.id ?? 0,
        capacity: JSON.stringify(CAPACITY),
        props: '{"a":1}',
        approvalState: approval,
        at,
      });
      placed.push({ id, owner, organization, approval });
    }
    return placed;
  });

const content = async (): Promise<string> =>
  JSON.stringify([
    await db.reader.selectFrom('user').selectAll().orderBy('id').execute(),
    await db.reader.selectFrom('client').selectAll().orderBy('id').execute(),
  ]);

const REFUSED = [401, 403, 404];

/** Everything one person gets to see; throws where it is another organization's. */
const look = async (
  ask: Ask,
  asker: Person,
  id: number,
  who: readonly Person[],
  sites: readonly PlacedSite[],
): Promise<void> => {
  const [users, clients] = [await ask('GET', '/users'), await ask('GET', '/clients')];
  if (asker.approval < 0) expect([users.status, clients.status]).toEqual([401, 401]);
  const mayListUsers = asker.approval >= 100 && asker.role !== '';
  expect(users.status === 200).toBe(mayListUsers);
  if (mayListUsers) {
    const seen = Users.parse(users.json['user_list']);
    expect(new Set(seen.map(({ organization }) => organization))).toEqual(new Set([asker.organization]));
    expect(seen).toHaveLength(who.filter(({ organization }) => organization === asker.organization).length);
  }
  if (clients.status !== 200) {
    expect(REFUSED).toContain(clients.status);
    expect(mayListUsers).toBe(false);
    return;
  }
  const seen = Sites.parse(clients.json['client_list']);
  for (const one of seen.filter(({ organization }) => organization !== asker.organization)) {
    expect([asker.approval >= 100, one.approval_state >= 100]).toEqual([true, true]);
    expect([one.description, one.capacity, one['props']]).toEqual([
      '',
      { num_of_gpus: 0, mem_per_gpu_in_GiB: 0 },
      undefined,
    ]);
  }
  const own = sites.filter(({ organization, owner }) =>
    mayListUsers ? organization === asker.organization : people[owner]?.id === id,
  );
  const found = seen.filter(({ organization }) => organization === asker.organization).map((one) => one.id);
  expect(found.sort((a, b) => a - b)).toEqual(own.map((one) => one.id));
};

/** Everything one person may try on what is another organization's. */
const reach = async (
  ask: Ask,
  asker: Person,
  who: readonly Person[],
  sites: readonly PlacedSite[],
): Promise<void> => {
  const foreign = sites.filter(({ organization }) => organization !== asker.organization);
  for (const { id, approval } of foreign) {
    const visible = asker.approval >= 100 && asker.role !== '' && approval >= 100;
    expect((await ask('GET', `/clients/${id}`)).status === 200).toBe(visible);
    expect(REFUSED).toContain((await ask('PATCH', `/clients/${id}`, { description: 'x' })).status);
    expect(REFUSED).toContain((await ask('DELETE', `/clients/${id}`)).status);
    expect(REFUSED).toContain((await ask('POST', `/clients/${id}/blob`, {})).status);
  }
  const [other] = who.flatMap(({ organization }, index) =>
    organization === asker.organization ? [] : (people[index]?.id ?? []),
  );
  if (other === undefined) return;
  expect(REFUSED).toContain((await ask('GET', `/users/${other}`)).status);
  expect(REFUSED).toContain((await ask('PATCH', `/users/${other}`, { name: 'x' })).status);
  expect(REFUSED).toContain((await ask('DELETE', `/users/${other}`)).status);
  expect(REFUSED).toContain((await ask('POST', `/users/${other}/blob`, {})).status);
};

it(
  'nobody sees or touches what is of another organization, whatever the state of the project',
  async () => {
    let requests = 0;
    await fc.assert(
      fc.asyncProperty(state, async (wanted) => {
        const sites = await place(wanted);
        const before = await content();
        for (const [index, asker] of wanted.people.entries()) {
          const ask = people[index];
          if (ask === undefined) throw new Error('no such person');
          const counting: Ask = Object.assign(
            (...request: Parameters<Ask>) => {
              requests += 1;
              return ask(...request);
            },
            { token: ask.token },
          );
          await look(counting, asker, ask.id, wanted.people, sites);
          await reach(counting, asker, wanted.people, sites);
        }
        expect(await content()).toBe(before);
      }),
      { numRuns: STATES, endOnFailure: true },
    );
    process.stdout.write(`tenants: ${STATES} states, ${requests} requests, 0 foreign objects\n`);
  },
  STATES * 3000 + MINUTE,
);
