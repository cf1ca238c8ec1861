import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import type { Database } from '../../store/database.ts';
import { findOrCreateId } from '../../store/named-rows.ts';
import { openDatabase } from '../../store/open.ts';
import { insertClient } from '../../store/sites.ts';
import { insertUser } from '../../store/users.ts';
import { SERVER_CLAIMANT, type Claimant } from './claimant.ts';
import { nameConflicts, type NameUse } from './require-free-name.ts';

const AT = '2026-11-23 10:00:00.000000';
const NEW_SITE: Claimant = { kind: 'client', id: undefined, holder: '', organization: 'clinic' };
const OTHER_SITE: Claimant = { ...NEW_SITE, organization: 'lab' };

let folder = '';
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'names-'));
  db = await openDatabase({ engine: 'sqlite', file: join(folder, 'db.sqlite') });
  await db.write(async (trx) => {
    await trx.updateTable('project').set({ server1: 'fl.example.org' }).execute();
    const organizationId = await findOrCreateId(trx, 'organization', 'clinic', AT);
    const creatorId = await insertUser(trx, {
      name: '',
      description: '',
      email: 'Ann@example.org',
      password_hash: '',
      role_id: await findOrCreateId(trx, 'role', 'org_admin', AT),
      organization_id: organizationId,
      created_at: AT,
      updated_at: AT,
    });
    await insertClient(trx, {
      name: 'Ward',
      description: '',
      organizationId,
      creatorId,
      capacity: '{}',
      props: '{"listening_host":{"host_names":["proxy.clinic.org"]}}',
      approvalState: 0,
      at: AT,
    });
  });
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const conflict = async (name: string, use: NameUse, claimant: Claimant): Promise<string | undefined> =>
  (await nameConflicts(db.reader, claimant, [{ name, use, path: 'name' }]))[0]?.message;

describe('a name', () => {
  test.each([
    ['localhost', 'participant', NEW_SITE, 'every host itself'],
    ['FL.example.org', 'participant', NEW_SITE, 'of the FL server'],
    ['FL.example.org.', 'listener', NEW_SITE, 'of the FL server'],
    ['ward', 'participant', NEW_SITE, 'taken by a site or user'],
    ['ann@example.org', 'listener', NEW_SITE, 'taken by a site or user'],
    ['WARD', 'server', SERVER_CLAIMANT, 'taken by a site or user'],
    ['proxy.clinic.org', 'listener', OTHER_SITE, 'another organization'],
    ['proxy.clinic.org', 'server', SERVER_CLAIMANT, 'another organization'],
  ] as const)('%s is refused as that of a %s', async (name, use, claimant, reason) => {
    expect(await conflict(name, use, claimant)).toContain(reason);
  });

  test.each([
    ['localhost', 'listener', NEW_SITE],
    ['::1', 'server', SERVER_CLAIMANT],
    ['fl.example.org', 'server', SERVER_CLAIMANT],
    ['proxy.clinic.org', 'listener', NEW_SITE],
    ['new-site', 'participant', NEW_SITE],
  ] as const)('%s is free as that of a %s', async (name, use, claimant) => {
    expect(await conflict(name, use, claimant)).toBeUndefined();
  });
});

test('reads the database as often for 32 names as for one', async () => {
  let queries = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const reader = db.reader.withPlugin(counting);
  const claims = Array.from(Array(32).keys(), (index) => ({
    name: `host-${index}.clinic.org`,
    use: 'listener' as const,
    path: 'props.listening_host',
  }));
  const queriesFor = async (some: typeof claims): Promise<number> => {
    const before = queries;
    expect(await nameConflicts(reader, NEW_SITE, some)).toEqual([]);
    return queries - before;
  };
  // The first call also compiles what is kept.
  await queriesFor(claims);
  const one = await queriesFor(claims.slice(0, 1));
  expect([await queriesFor(claims), one]).toEqual([one, expect.any(Number)]);
  expect(one).toBeLessThanOrEqual(5);
});

test('names every conflict, with the input that it comes from', async () => {
  expect(
    await nameConflicts(db.reader, NEW_SITE, [
      { name: 'ward', use: 'participant', path: 'name' },
      { name: 'fl.example.org', use: 'listener', path: 'props.listening_host' },
    ]),
  ).toMatchObject([
    { path: 'name', code: 'taken' },
    { path: 'props.listening_host', code: 'taken' },
  ]);
});
