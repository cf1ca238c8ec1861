import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Role } from '../../src/contract/roles.ts';
import { isAllowed, type Relation } from '../../src/backend/auth/authorization.ts';
import { insertClient } from '../../src/backend/store/sites.ts';
import { findOrCreateId } from '../../src/backend/store/named-rows.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { insertUser } from '../../src/backend/store/users.ts';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';
import { GENERAL, OTHERWISE, type Cell } from './authorization-cells.ts';

const ROLES = ['project_admin', 'org_admin', 'lead', 'member', ''] as const;
const APPROVALS = [
  ['pending', 0],
  ['approved', 100],
  ['denied', -1],
] as const;
const STATES = [0, 100] as const;

let backend: Backend;
let serial = 0;

beforeAll(async () => {
  backend = await startBackend();
}, 180_000);
afterAll(() => backend.close());

interface Owner {
  readonly id: number;
  readonly organization: string;
}

/** Puts sites and users around an actor into the database: own, of the organization, foreign. */
const surroundings = async (actor: number | undefined): Promise<readonly Cell[]> => {
  const db = await openDatabase({ engine: 'sqlite', file: path.join(backend.folder, 'db.sqlite') });
  const at = toTimestamp(new Date());
  const cells = await db.write(async (trx) => {
    const organizationId = (name: string) => findOrCreateId(trx, 'organization', name, at);
    const user = async (organization: string, approval: number): Promise<Owner> => {
      serial += 1;
      const id = await insertUser(trx, {
        name: '',
        description: '',
        email: `neighbor${serial}@example.org`,
        password_hash: '',
        role_id: await findOrCreateId(trx, 'role', 'member', at),
        organization_id: await organizationId(organization),
        approval_state: approval,
        created_at: at,
        updated_at: at,
      });
      return { id, organization };
    };
    const site = async (owner: Owner, approvalState: number): Promise<number> => {
      serial += 1;
      return insertClient(trx, {
        name: `site-${serial}`,
        description: '',
        organizationId: await organizationId(owner.organization),
        creatorId: owner.id,
        capacity: '{}',
        props: '',
        approvalState,
        at,
      });
    };
    const found: Cell[] = [];
    for (const state of STATES) {
      const colleague = await user('hospital', state);
      const stranger = await user('clinic', state);
      const owners: readonly (readonly [Relation, Owner])[] = [
        ...(actor === undefined ? [] : ([['own', { id: actor, organization: 'hospital' }]] as const)),
        ['organization', colleague],
        ['foreign', stranger],
      ];
      for (const [relation, owner] of owners) {
        const id = await site(owner, state);
        const of = { relation, id, hidden: relation === 'foreign' && state === 0 };
        found.push(
          { ...of, operation: 'clients.read', method: 'GET', route: '/clients/{id}' },
          { ...of, operation: 'clients.change', method: 'PATCH', route: '/clients/{id}', body: {} },
          {
            ...of,
            operation: 'clients.administer',
            method: 'PATCH',
            route: '/clients/{id}',
            body: { approval_state: state },
          },
          { ...of, operation: 'clients.kit', method: 'POST', route: '/clients/{id}/blob', body: {} },
        );
        const account = { relation, id: owner.id };
        const messages = { ...account, route: '/users/{id}/messages' };
        const link = { ...account, route: '/users/{id}/password-link' };
        found.push(
          { ...account, operation: 'users.read', method: 'GET', route: '/users/{id}' },
          { ...account, operation: 'users.change', method: 'PATCH', route: '/users/{id}', body: {} },
          {
            ...account,
            operation: 'users.administer',
            method: 'PATCH',
            route: '/users/{id}',
            body: { approval_reason: '' },
          },
          { ...messages, operation: 'messages.read', method: 'GET' },
          { ...messages, operation: 'messages.write', method: 'POST', body: { text: 'x' } },
          { ...link, operation: 'users.password_link', method: 'POST' },
          { ...account, operation: 'users.kit', method: 'POST', route: '/users/{id}/blob', body: {} },
        );
      }
      found.push(
        {
          relation: 'organization',
          operation: 'clients.create',
          method: 'POST',
          route: '/clients',
          body: { name: `made-${serial}`, organization: 'hospital' },
        },
        {
          relation: 'foreign',
          operation: 'clients.create',
          method: 'POST',
          route: '/clients',
          body: { name: `made-f${serial}`, organization: 'clinic' },
        },
        { relation: 'organization', operation: 'users.list', method: 'GET', route: '/users' },
        { relation: 'own', operation: 'clients.list', method: 'GET', route: '/clients' },
        { relation: 'own', operation: 'requests.read', method: 'GET', route: '/requests' },
        { relation: 'own', operation: 'renewals.read', method: 'GET', route: '/renewals' },
        { relation: 'own', operation: 'renewals.read', method: 'GET', route: '/kits/outdated' },
        {
          relation: 'own',
          operation: 'requests.submit',
          method: 'POST',
          route: '/requests',
          body: { request: 'AAAA' },
        },
        {
          relation: 'none',
          operation: 'servers.kit',
          method: 'POST',
          route: '/servers/{id}/blob',
          id: state === 0 ? 1 : 2,
          body: {},
        },
      );
      // What deletes comes last, on things of its own.
      found.push(
        {
          relation: 'organization',
          operation: 'clients.delete',
          method: 'DELETE',
          route: '/clients/{id}',
          id: await site(colleague, state),
        },
        {
          relation: 'foreign',
          operation: 'clients.delete',
          method: 'DELETE',
          route: '/clients/{id}',
          id: await site(stranger, state),
        },
        {
          relation: 'organization',
          operation: 'users.delete',
          method: 'DELETE',
          route: '/users/{id}',
          id: (await user('hospital', state)).id,
        },
        {
          relation: 'foreign',
          operation: 'users.delete',
          method: 'DELETE',
          route: '/users/{id}',
          id: (await user('clinic', state)).id,
        },
      );
    }
    return found;
  });
  await db.close();
  return cells;
};

const refused = (status: number): boolean => [401, 403, 404].includes(status);

const enter = async (ask: Ask, cell: Cell): Promise<{ status: number; refused: boolean }> => {
  const route = cell.route.replace('{id}', String(cell.id ?? ''));
  const response = await ask(cell.method, route, cell.body);
  // A kit for what is not approved is refused for its own sake, not for the requester's.
  const forItsOwnSake =
    /^The (site|user) is not approved/.test(String(response.json['message'])) &&
    cell.operation.endsWith('.kit');
  return { status: response.status, refused: refused(response.status) && !forItsOwnSake };
};

describe('the authorization table', () => {
  const covered = new Set<string>();

  it('is what every operation answers by, for every role, approval and relation', async () => {
    const unexpected: string[] = [];
    let cells = 0;
    const examine = async (
      label: string,
      ask: Ask,
      expected: (cell: Cell) => boolean,
      own: number | undefined,
    ) => {
      for (const cell of [...GENERAL, ...(await surroundings(own))]) {
        const got = await enter(ask, cell);
        cells += 1;
        covered.add(`${cell.method} ${cell.route}`);
        if (got.refused === expected(cell)) {
          unexpected.push(`${label} ${cell.operation} (${cell.relation}): ${got.status}`);
        }
      }
    };
    await examine('stranger', backend.stranger, (cell) => isAllowed(undefined, cell.operation), undefined);
    for (const role of ROLES) {
      for (const [approval, state] of APPROVALS) {
        serial += 1;
        const label = `${approval} ${role === '' ? 'unfinished' : role}`;
        const ask = await backend.user(`actor${serial}@example.org`, role, 'hospital', Math.max(state, 0));
        if (approval === 'denied') {
          await backend.admin('PATCH', `/users/${ask.id}`, { approval_state: -1 });
        }
        const principal = {
          id: ask.id,
          email: '',
          role: role satisfies Role | '',
          organization: 'hospital',
          approval,
          mustChangePassword: false,
          passwordChangeRequired: false,
          external: false,
          secondFactor: 'none' as const,
          session: '',
          scopes: undefined,
          opened: new Date(),
          used: new Date(),
          confirmed: new Date(),
          expires: new Date(),
        };
        const who = approval === 'denied' ? undefined : principal;
        await examine(
          label,
          ask,
          (cell) =>
            isAllowed(who, cell.operation, cell.relation) &&
            (cell.hidden !== true || isAllowed(who, 'clients.administer')),
          ask.id,
        );
      }
    }
    process.stdout.write(`authorization: ${cells} cells, ${unexpected.length} unexpected\n`);
    expect(unexpected).toEqual([]);
    expect(cells).toBeGreaterThanOrEqual(900);
  }, 240_000);

  it('has a row for every route of the API document', async () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse((await backend.stranger('GET', '/openapi.json')).json);
    const routes = Object.entries(paths).flatMap(([route, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${route.replace(/^(\/nvflare-dashboard)?(\/api\/v1)?/, '')}`,
      ),
    );
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.filter((route) => !covered.has(route) && !OTHERWISE.includes(route))).toEqual([]);
  });
});
