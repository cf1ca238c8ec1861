import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { MAX_VIEWS } from '../../src/contract/api/saved-view.ts';
import { startBackend, type Ask, type Backend } from './backend.ts';

const Views = z.object({ views: z.array(z.object({ id: z.string(), name: z.string() })) });

let backend: Backend;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
}, 60_000);
afterAll(async () => {
  await backend.close();
}, 30_000);

const newUser = () => {
  count += 1;
  return backend.user(`viewer-${count}@example.org`, 'member', 'clinic', 100);
};

const save = (ask: Ask, name: string, more: object = {}) =>
  ask('POST', '/saved-views', { list: 'users', name, filters: { state: 'pending', q: 'clinic' }, ...more });

const viewsOf = async (ask: Ask) => Views.parse((await ask('GET', '/saved-views')).json).views;

describe('a saved view', () => {
  it('is kept with the account, listed and deleted', async () => {
    const user = await newUser();
    const saved = await save(user, 'Waiting in the clinic');
    expect(saved.status).toBe(201);
    expect(saved.json['view']).toMatchObject({
      list: 'users',
      name: 'Waiting in the clinic',
      filters: { state: 'pending', q: 'clinic' },
    });
    const [view] = await viewsOf(user);
    expect(view?.name).toBe('Waiting in the clinic');
    expect((await user('DELETE', `/saved-views/${view?.id ?? ''}`)).status).toBe(200);
    expect(await viewsOf(user)).toEqual([]);
    expect((await user('DELETE', `/saved-views/${view?.id ?? ''}`)).status).toBe(404);
  });

  it('is out of reach of every other account', async () => {
    const owner = await newUser();
    const other = await newUser();
    await save(owner, 'Mine');
    const [view] = await viewsOf(owner);
    expect(await viewsOf(other)).toEqual([]);
    expect(await viewsOf(backend.admin)).toEqual([]);
    expect((await other('DELETE', `/saved-views/${view?.id ?? ''}`)).status).toBe(404);
    expect((await save(other, 'Mine')).status).toBe(201);
    expect(await viewsOf(owner)).toHaveLength(1);
  });

  it('needs a name of its own in its list', async () => {
    const user = await newUser();
    await save(user, 'Waiting');
    const again = await save(user, 'Waiting');
    expect([again.status, again.json['fields']]).toEqual([
      409,
      [expect.objectContaining({ path: 'name', code: 'duplicate' })],
    ]);
    expect((await save(user, 'Waiting', { list: 'sites' })).status).toBe(201);
  });

  it.each([
    ['an unknown list', { list: 'kits' }],
    ['an unknown filter', { filters: { page: '2' } }],
    ['a value that is no text', { filters: { state: 1 } }],
    ['an empty value', { filters: { state: '' } }],
    ['a value of 257 characters', { filters: { q: 'a'.repeat(257) } }],
    ['a name of spaces', { name: '  ' }],
    ['a name of 65 characters', { name: 'a'.repeat(65) }],
    ['a name with hidden characters', { name: 'a\u200bb' }],
  ])('is refused with %s', async (_, more) => {
    const user = await newUser();
    expect((await save(user, 'Name', more)).status).toBe(400);
    expect(await viewsOf(user)).toEqual([]);
  });

  it(`is refused beyond ${MAX_VIEWS}`, async () => {
    const user = await newUser();
    for (let number = 0; number < MAX_VIEWS; number += 1) {
      expect((await save(user, `View ${number}`)).status).toBe(201);
    }
    const refused = await save(user, 'One more');
    expect([refused.status, refused.json['fields']]).toEqual([
      409,
      [expect.objectContaining({ code: 'too_many' })],
    ]);
  });

  it('goes with the account that is deleted', async () => {
    const user = await newUser();
    await save(user, 'Mine');
    expect((await backend.admin('DELETE', `/users/${user.id}`)).status).toBe(200);
    expect((await user('GET', '/saved-views')).status).toBe(401);
  });
});
