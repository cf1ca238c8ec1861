import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend } from './backend.ts';

const Site = z.object({ id: z.number() });

let backend: Backend;
let siteId = 0;

beforeAll(async () => {
  backend = await startBackend();
  await backend.admin('PATCH', '/project', {
    short_name: 'Props',
    server1: 'fl.example.org',
    key_bits: 2048,
  });
  for (const name of ['hub', 'ward']) {
    const made = await backend.admin('POST', '/clients', { name, organization: 'clinic' });
    siteId = Site.parse(made.json['client']).id;
  }
  await backend.admin('PATCH', `/clients/${siteId}`, { approval_state: 100 });
}, 60_000);
afterAll(() => backend.close());

const setSite = (props: object) => backend.admin('PATCH', `/clients/${siteId}`, { props });

describe('properties of a site', () => {
  test.each([
    ['a relay', { connect_to: { name: 'R1' } }, 'props.connect_to.name'],
    ['a nameless relay', { connect_to: { name: '', host: 'a.org' } }, 'props.connect_to.name'],
    ['a relay that is no text', { connect_to: { name: 7 } }, 'props.connect_to'],
    ['an unknown parent', { parent: 'nobody' }, 'props.parent'],
    ['itself as parent', { parent: 'Ward' }, 'props.parent'],
    ['a server as parent', { parent: 'fl-example-org' }, 'props.parent'],
  ])('are refused when they name %s', async (_what, props, path) => {
    const refused = await setSite(props);
    expect([refused.status, refused.json]).toMatchObject([400, { code: 'invalid', fields: [{ path }] }]);
    const created = await backend.admin('POST', '/clients', { name: 'ward', organization: 'clinic', props });
    expect([created.status, created.json]).toMatchObject([400, { fields: [{ path }] }]);
  });

  test('may name the server to connect to, and another site as parent', async () => {
    const props = { connect_to: { name: 'fl.example.org', host: 'proxy.example.org' }, parent: 'hub' };
    const set = await setSite(props);
    expect([set.status, set.json]).toMatchObject([200, { client: { props }, ignored: [] }]);
  });

  test('are stored with the keys that have no effect, which the response names', async () => {
    const set = await setSite({ conect_to: 'x', connect_to: { host: 'p.example.org', prot: 1 } });
    expect([set.status, set.json['ignored']]).toEqual([200, ['props.conect_to', 'props.connect_to.prot']]);
  });
});

describe('properties of a user and of the project', () => {
  test('are refused for a user who connects through a relay', async () => {
    const refused = await backend.admin('PATCH', '/users/1', { props: { connect_to: { name: 'R1' } } });
    expect([refused.status, refused.json]).toMatchObject([
      400,
      { fields: [{ path: 'props.connect_to.name' }] },
    ]);
  });

  test('are refused for a user when a value is wrong, and name keys without effect', async () => {
    const refused = await backend.admin('PATCH', '/users/1', { props: { connect_to: { port: 70_000 } } });
    expect([refused.status, refused.json]).toMatchObject([
      400,
      { fields: [{ path: expect.stringContaining('port') }] },
    ]);
    const set = await backend.admin('PATCH', '/users/1', { props: { parent: 'x' } });
    expect([set.status, set.json['ignored']]).toEqual([200, ['props.parent']]);
  });

  test('name keys of the project that have no effect', async () => {
    const set = await backend.admin('PATCH', '/project', {
      project_props: { shceme: 'grpc' },
      server_props: { scheme: 'grpc', fed_learn_port: 8002 },
    });
    expect([set.status, set.json['ignored']]).toEqual([200, ['project_props.shceme', 'server_props.scheme']]);
  });
});

describe('the properties file', () => {
  const write = (text: string) => writeFile(join(backend.folder, 'properties.yml'), text);

  test('shows keys without effect as warnings, here and in the checks of the project', async () => {
    await write('server: {conect_to: x}\n');
    expect((await backend.admin('GET', '/properties')).json).toMatchObject({
      problems: [],
      warnings: [{ path: 'server.conect_to' }],
    });
    expect((await backend.admin('POST', '/project/checks')).json['checks']).toContainEqual({
      name: 'properties.yml server.conect_to',
      outcome: 'warning',
      code: 'property',
      value: '',
      message: expect.stringContaining('no effect'),
    });
  });

  test('is wrong when it names a relay or an unknown parent, and stops kits', async () => {
    await write('client: {parent: nobody}\nadmin: {connect_to: {name: R1}}\n');
    expect((await backend.admin('GET', '/properties')).json).toMatchObject({
      problems: [{ path: 'client.parent' }, { path: 'admin.connect_to.name' }],
    });
    expect((await backend.admin('PATCH', '/project', { frozen: true })).status).toBe(200);
    const kit = await backend.admin('POST', `/clients/${siteId}/blob`, {});
    expect([kit.status, kit.json]).toMatchObject([409, { fields: [{ path: 'client.parent' }, {}] }]);
    await write('');
    expect((await backend.admin('POST', `/clients/${siteId}/blob`, {})).status).toBe(200);
  });

  test('leaves a kit refused whose parent was deleted meanwhile', async () => {
    expect((await setSite({ parent: 'hub' })).status).toBe(200);
    await backend.admin('DELETE', `/clients/${siteId - 1}`);
    const kit = await backend.admin('POST', `/clients/${siteId}/blob`, {});
    expect([kit.status, kit.json]).toMatchObject([409, { fields: [{ path: 'props.parent' }] }]);
  });
});
