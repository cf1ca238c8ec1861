import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend } from './backend.ts';
import { readApiDocument } from './document.ts';

const PREFIXES = ['/api/v1', '/nvflare-dashboard/api/v1'] as const;
/** Paths and methods of NVIDIA's API. */
const CONTRACT = [
  'POST /login',
  'PATCH /project',
  'GET /project',
  'POST /overseer/blob',
  'POST /servers/{id}/blob',
  'GET /organizations',
  'POST /clients',
  'GET /clients',
  'PATCH /clients/{id}',
  'GET /clients/{id}',
  'DELETE /clients/{id}',
  'POST /clients/{id}/blob',
  'POST /users',
  'GET /users',
  'GET /users/{id}',
  'PATCH /users/{id}',
  'DELETE /users/{id}',
  'POST /users/{id}/blob',
] as const;
const PASSWORD = 'purple-kettle-58';
const Made = z.object({ id: z.number().int() });

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
  expect((await backend.admin('PATCH', '/project', { public: true, frozen: false })).status).toBe(200);
}, 60_000);
afterAll(() => backend.close());

describe.each(PREFIXES)('below %s', (prefix) => {
  it.each(CONTRACT)('%s is described, and answered with JSON', async (line) => {
    const [method = '', route = ''] = line.split(' ');
    expect((await readApiDocument(backend.url)).operations).toContain(`${method} ${prefix}${route}`);
    const response = await fetch(`${backend.url}${prefix}${route.replace('{id}', '1')}`, { method });
    expect([404, 405]).not.toContain(response.status);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(z.object({ status: z.string() }).parse(await response.json()).status).not.toBe('');
  });

  it.each(['/project', '/organizations'])(
    'GET %s is answered under an empty bearer and with headers that mean nothing',
    async (route) => {
      for (const authorization of ['Bearer ', 'Bearer', 'Bearer null', 'Bearer undefined']) {
        const response = await fetch(`${backend.url}${prefix}${route}`, {
          headers: { authorization, 'access-control-allow-origin': '*' },
        });
        expect([authorization, response.status]).toEqual([authorization, 200]);
      }
    },
  );
});

describe("NVIDIA's web page as a client", () => {
  const signUp = async (email: string): Promise<Ask & { id: number }> => {
    const body = { email, name: 'Ada', password: PASSWORD, confirm_password: PASSWORD };
    const response = await backend.stranger('POST', '/users', body);
    expect(response.status).toBe(201);
    const { id } = Made.parse(response.json['user']);
    expect(response.json['client']).toMatchObject({ id, role: '', organization: '', approval_state: 0 });
    const session = await backend.stranger('POST', '/login', { email, password: PASSWORD });
    return Object.assign(backend.as(z.string().parse(session.json['access_token'])), { id });
  };

  it('registers in two steps, and adds, sees, changes and drops its sites while pending', async () => {
    const ada = await signUp('ada@example.org');
    const choice = { role: 'org_admin', organization: 'hospital' };
    expect((await ada('PATCH', `/users/${ada.id}`, choice)).json['user']).toMatchObject(choice);
    expect((await ada('PATCH', `/users/${ada.id}`, { organization: 'clinic' })).status).toBe(403);
    const site = {
      name: 'site-1',
      organization: 'hospital',
      capacity: { num_gpus: 4, mem_per_gpu_in_GiB: 8 },
    };
    const added = await ada('POST', '/clients', site);
    expect(added).toMatchObject({
      status: 201,
      json: { client: { name: 'site-1', capacity: { num_of_gpus: 4, mem_per_gpu_in_GiB: 8 } } },
    });
    const { id } = Made.parse(added.json['client']);
    expect((await ada('GET', '/clients')).json['client_list']).toMatchObject([{ id, name: 'site-1' }]);
    const changed = await ada('PATCH', `/clients/${id}`, { capacity: { num_of_gpus: 2 } });
    expect(changed.json['client']).toMatchObject({ capacity: { num_of_gpus: 2 } });
    expect((await ada('DELETE', `/clients/${id}`)).json).toEqual({ status: 'ok' });
    expect((await ada('GET', '/clients')).json['client_list']).toEqual([]);
  });

  it('cannot register sites before it is an org admin', async () => {
    const bob = await signUp('bob@example.org');
    expect((await bob('POST', '/clients', { name: 'site-2' })).status).toBe(403);
  });

  it('gets dates back as it gave them, and sends frozen: false with every change', async () => {
    const dates = { starting_date: 'Mon Nov 23 2026', end_date: 'Tue Nov 23 2027' };
    const response = await backend.admin('PATCH', '/project', { ...dates, frozen: false, cc_mode: false });
    expect(response).toMatchObject({ status: 200, json: { project: { ...dates, frozen: false } } });
  });

  it('is told by a 401 with JSON that its session has ended', async () => {
    const ended = await backend.as('not.a.token')('GET', '/users');
    expect(ended).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
  });
});
