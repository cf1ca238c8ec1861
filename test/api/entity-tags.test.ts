import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend, type Reply } from './backend.ts';

const Created = z.object({ client: z.object({ id: z.number(), version: z.string() }) });
const PASSWORD = 'blue-tractor-91';

let backend: Backend;
let account: string;
let count = 0;

beforeAll(async () => {
  backend = await startBackend();
  account = await newUser();
}, 60_000);
afterAll(() => backend.close(), 30_000);

type Headers = Readonly<Record<string, string>>;

const ask = (method: string, path: string, headers: Headers, body?: object): Promise<Reply> =>
  backend.admin.with(headers)(method, path, body);
const tagOf = async (path: string): Promise<string> =>
  (await backend.admin('GET', path)).headers.get('etag') ?? '';

const newUser = async (): Promise<string> => {
  count += 1;
  return `/users/${(await backend.user(`user-${count}@example.org`, 'member', 'clinic', 100)).id}`;
};
const newSite = async (): Promise<string> => {
  count += 1;
  const body = { name: `site-${count}`, organization: 'clinic' };
  return `/clients/${Created.parse((await backend.admin('POST', '/clients', body)).json).client.id}`;
};

/** Resources that can be changed, and what somebody else changes meanwhile. */
const CHANGEABLE: readonly (readonly [string, () => Promise<string>, string, object])[] = [
  ['a site', newSite, 'description', { description: 'theirs' }],
  ['an account', () => Promise.resolve(account), 'name', { name: 'theirs' }],
  ['the project', () => Promise.resolve('/project'), 'title', { title: 'theirs' }],
];

describe.each(CHANGEABLE)('the entity tag of %s', (_what, create, field, theirs) => {
  const mine = { [field]: 'mine' };

  it('is strong, the same for the same content and another one after a change', async () => {
    const path = await create();
    await backend.admin('PATCH', path, { [field]: 'before' });
    const tag = await tagOf(path);
    expect(tag).toMatch(/^"[\w-]{24}\.[\w-]{22}"$/);
    expect(await tagOf(path)).toBe(tag);
    await backend.admin('PATCH', path, theirs);
    expect(await tagOf(path)).not.toBe(tag);
  });

  it('spares the body of a resource that has not changed', async () => {
    const path = await create();
    const tag = await tagOf(path);
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const reply = await ask('GET', path, { 'if-none-match': known });
      expect([reply.status, reply.bytes.length, reply.headers.get('etag')]).toEqual([304, 0, tag]);
    }
    expect((await ask('GET', path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('lets a change pass that fits, and the next one with the version of its response', async () => {
    const path = await create();
    const tag = await tagOf(path);
    const reply = await ask('PATCH', path, { 'if-match': `"other", ${tag}` }, mine);
    expect(reply.status).toBe(200);
    const version = JSON.stringify(reply.json).match(/"version":"([^"]+)"/)?.[1] ?? '';
    expect((await ask('PATCH', path, { 'if-match': `"${version}"` }, theirs)).status).toBe(200);
  });

  it('refuses a change of something else than was seen with 412 and both values', async () => {
    const path = await create();
    await backend.admin('PATCH', path, { [field]: 'before' });
    const tag = await tagOf(path);
    await backend.admin('PATCH', path, theirs);
    const reply = await ask('PATCH', path, { 'if-match': tag }, mine);
    expect(reply).toMatchObject({
      status: 412,
      json: { status: 'changed', code: 'changed', changes: [{ field, seen: 'before', now: 'theirs' }] },
    });
    expect(JSON.stringify((await backend.admin('GET', path)).json)).toContain('theirs');
  });

  it.each(['"unknown"', 'nonsense', '""', 'W/"weak"'])('refuses a change with If-Match: %s', async (tag) => {
    const path = await create();
    expect((await ask('PATCH', path, { 'if-match': tag }, mine)).status).toBe(412);
  });

  it('takes a tag that a proxy made weak when it compressed the response', async () => {
    const path = await create();
    const tag = `W/${await tagOf(path)}`;
    expect((await ask('PATCH', path, { 'if-match': tag }, mine)).status).toBe(200);
    expect((await ask('PATCH', path, { 'if-match': tag }, theirs)).status).toBe(412);
  });

  it.each([[{}], [{ 'if-match': '*' }]])('lets any change pass with %j', async (headers) => {
    const path = await create();
    await backend.admin('PATCH', path, theirs);
    expect((await ask('PATCH', path, headers, mine)).status).toBe(200);
  });
});

describe.each([
  ['a site', newSite, { description: 'theirs' }],
  ['an account', newUser, { name: 'theirs' }],
] as const)('the deletion of %s', (_what, create, theirs) => {
  it('is refused when it was changed meanwhile, and passes with the tag of now', async () => {
    const path = await create();
    const tag = await tagOf(path);
    await backend.admin('PATCH', path, theirs);
    expect(await ask('DELETE', path, { 'if-match': tag })).toMatchObject({
      status: 412,
      json: { code: 'changed' },
    });
    expect((await ask('DELETE', path, { 'if-match': await tagOf(path) })).status).toBe(200);
  });

  it('is 404 for what is gone, whatever is expected', async () => {
    const path = await create();
    expect((await backend.admin('DELETE', path)).status).toBe(200);
    expect((await ask('DELETE', path, { 'if-match': '*' })).status).toBe(404);
    expect((await ask('PATCH', path, { 'if-match': '"x"' }, theirs)).status).toBe(404);
  });
});

it('shows in the tag also what no decision rests on', async () => {
  const path = account;
  const tag = await tagOf(path);
  await backend.admin('PATCH', path, { approval_reason: 'noted' });
  expect((await ask('GET', path, { 'if-none-match': tag })).status).toBe(200);
  expect((await ask('PATCH', path, { 'if-match': tag }, { name: 'mine' })).status).toBe(200);
});

it('compares the version of the body as well, which keeps its 409 without If-Match', async () => {
  const path = await newSite();
  const tag = await tagOf(path);
  const [, version = ''] = tag.match(/^"([\w-]+)/) ?? [];
  await backend.admin('PATCH', path, { description: 'theirs' });
  const now = await tagOf(path);
  const body = { description: 'mine', version };
  expect((await ask('PATCH', path, {}, body)).status).toBe(409);
  expect((await ask('PATCH', path, { 'if-match': '*' }, body)).status).toBe(412);
  expect((await ask('PATCH', path, { 'if-match': now }, body)).status).toBe(412);
});

it('lets a password be changed that must be, with If-Match', async () => {
  const email = 'must-change@example.org';
  const body = { email, password: PASSWORD, role: 'member', organization: 'clinic' };
  const { user } = z
    .object({ user: z.object({ id: z.number() }) })
    .parse((await backend.admin('POST', '/users', body)).json);
  const { access_token: token } = z
    .object({ access_token: z.string() })
    .parse((await backend.stranger('POST', '/login', { email, password: PASSWORD })).json);
  const own = backend.as(token);
  const path = `/users/${user.id}`;
  const change = { password: 'green-tractor-19', current_password: PASSWORD };
  expect((await own.with({ 'if-match': await tagOf(path) })('PATCH', path, change)).status).toBe(200);
});

it('keeps apart what two people may see of the project', async () => {
  const strangers = await backend.stranger('GET', '/project');
  expect(strangers.headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
  expect(strangers.headers.get('etag')).not.toBe(await tagOf('/project'));
});

it.each(['/properties'])('tags %s, which nobody changes here', async (path) => {
  const tag = await tagOf(path);
  expect(tag).toMatch(/^"[\w-]{22}"$/);
  expect((await ask('GET', path, { 'if-none-match': tag })).status).toBe(304);
});

it('gives another tag to another content coding, and knows both', async () => {
  const path = '/project';
  const class_allow_list = Array.from({ length: 60 }, (_, index) => `nvflare.app_common.class_${index}`);
  await backend.admin('PATCH', path, {
    project_props: { class_allow_list },
    description: 'x'.repeat(512),
    app_location: `docker run ${'y'.repeat(480)}`,
    server_props: { host_names: Array.from({ length: 32 }, (_, index) => `${'h'.repeat(50)}-${index}`) },
  });
  const plain = (await ask('GET', path, { 'accept-encoding': 'identity' })).headers.get('etag') ?? '';
  const { headers } = await ask('GET', path, { 'accept-encoding': 'gzip' });
  expect([headers.get('content-encoding'), headers.get('etag')]).toEqual([
    'gzip',
    plain.replace(/"$/, '-gzip"'),
  ]);
  const again = await ask('GET', path, { 'if-none-match': headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
});
