import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { newKey, openSslRequest, requestZip } from '../support/certificate-request.ts';
import { startBackend, type Backend } from './backend.ts';
import { unzipKit } from './kit-files.ts';

const Site = z.object({ id: z.number() });
const PIN = 'Kit4Relays';
const listening_host = { default_host: 'relay.clinic.org', port: 8102 };
let backend: Backend;

beforeAll(async () => {
  backend = await startBackend();
  await backend.admin('PATCH', '/project', {
    short_name: 'Relays',
    server1: 'fl.example.org',
    key_bits: 2048,
  });
}, 60_000);
afterAll(() => backend.close());

const add = (body: object) => backend.admin('POST', '/clients', { organization: 'clinic', ...body });
const added = async (body: object): Promise<number> => {
  const made = await add(body);
  const { id } = Site.parse(made.json['client']);
  await backend.admin('PATCH', `/clients/${id}`, { approval_state: 100 });
  return id;
};
const change = (id: number, body: object) => backend.admin('PATCH', `/clients/${id}`, body);

describe('a relay', () => {
  test.each([
    ['without properties', undefined, 'props.listening_host'],
    ['without a port', { listening_host: { default_host: 'relay.clinic.org' } }, 'props.listening_host.port'],
    ['without a host', { listening_host: { port: 8102 } }, 'props.listening_host.default_host'],
    [
      "with the server's name",
      { listening_host: { default_host: 'fl.example.org', port: 8102 } },
      'props.listening_host',
    ],
    [
      'below one that does not exist',
      { listening_host, connect_to: { name: 'nobody' } },
      'props.connect_to.name',
    ],
  ])('is refused %s', async (_what, props, path) => {
    const refused = await add({ name: 'relay-1', type: 'relay', ...(props === undefined ? {} : { props }) });
    expect(refused.json).toMatchObject({ fields: [expect.objectContaining({ path })] });
  });

  test('is registered, shown as one, and keeps where it listens', async () => {
    const made = await add({ name: 'relay-1', type: 'relay', props: { listening_host } });
    expect([made.status, made.json]).toMatchObject([
      201,
      { client: { type: 'relay', alternative_names: ['relay.clinic.org'] }, ignored: [] },
    ]);
    const { id } = Site.parse(made.json['client']);
    expect((await change(id, { approval_state: 100 })).status).toBe(200);
    expect((await change(id, { props: null })).json).toMatchObject({
      fields: [{ path: 'props.listening_host' }],
    });
    const listed = await backend.admin('GET', '/clients');
    expect(listed.json['client_list']).toMatchObject([{ name: 'relay-1', type: 'relay' }]);
  });

  test('waits for approval again when its organization changes the names in its certificate', async () => {
    const org = await backend.user('org@clinic.org', 'org_admin', 'clinic', 100);
    const props = { listening_host: { default_host: 'relay-4.clinic.org', port: 8104 } };
    const made = await org('POST', '/clients', { name: 'relay-4', type: 'relay', props });
    const { id } = Site.parse(made.json['client']);
    await change(id, { approval_state: 100 });
    const moved = { listening_host: { default_host: 'other.clinic.org', port: 8104 } };
    const changed = await org('PATCH', `/clients/${id}`, { props: moved });
    expect(changed.json).toMatchObject({
      client: { approval_state: 0, alternative_names: ['other.clinic.org'] },
    });
    expect((await org('POST', `/clients/${id}/blob`, { pin: PIN })).json).toMatchObject({
      code: 'not_approved',
    });
  });

  test('stands in no circle, nor does a site', async () => {
    const below = { listening_host: { default_host: 'r2.clinic.org', port: 8103 } };
    const second = await added({
      name: 'relay-2',
      type: 'relay',
      props: { ...below, connect_to: { name: 'relay-1' } },
    });
    const first = Site.parse(
      z.array(z.unknown()).parse((await backend.admin('GET', '/clients?q=relay-1')).json['client_list'])[0],
    ).id;
    const circle = await change(first, { props: { listening_host, connect_to: { name: 'relay-2' } } });
    expect(circle.json).toMatchObject({ fields: [{ path: 'props.connect_to.name' }] });
    const own = await change(second, { props: { ...below, connect_to: { name: 'relay-2' } } });
    expect(own.json).toMatchObject({ fields: [{ path: 'props.connect_to.name' }] });
    const parent = await added({ name: 'hub' });
    const child = await added({ name: 'ward', props: { parent: 'hub' } });
    expect(child).toBeGreaterThan(parent);
    expect((await change(parent, { props: { parent: 'ward' } })).json).toMatchObject({
      fields: [{ path: 'props.parent' }],
    });
  });

  test('is none for consoles, as a parent, or in releases that have none', async () => {
    const console = await backend.admin('PATCH', '/users/1', { props: { connect_to: { name: 'relay-1' } } });
    expect(console.json).toMatchObject({ fields: [{ path: 'props.connect_to.name' }] });
    const parent = await add({ name: 'site-9', props: { parent: 'relay-1' } });
    expect(parent.json).toMatchObject({ fields: [{ path: 'props.parent' }] });
    await backend.admin('PATCH', '/project', { target_release: '2.5' });
    const site = await add({ name: 'site-9', props: { connect_to: { name: 'relay-1' } } });
    expect(site.json).toMatchObject({ fields: [{ path: 'props.connect_to.name' }] });
    await backend.admin('PATCH', '/project', { target_release: '2.9' });
  });

  test('gets a kit with a listener certificate; sites below it learn where it listens', async () => {
    const site = await added({ name: 'site-1', props: { connect_to: { name: 'relay-2' } } });
    await backend.admin('PATCH', '/project', { frozen: true });
    const relays = z
      .array(z.object({ id: z.number(), name: z.string() }))
      .parse((await backend.admin('GET', '/clients?q=relay-2')).json['client_list']);
    const relay = unzipKit(
      (await backend.admin('POST', `/clients/${relays[0]?.id ?? 0}/blob`, { pin: PIN })).bytes,
      PIN,
    );
    expect(relay.names).toEqual(
      expect.arrayContaining(['startup/server.crt', 'startup/fed_relay.json', 'local/comm_config.json']),
    );
    expect(relay.json('startup/fed_relay.json')).toMatchObject({
      identity: 'relay-2',
      connect_to: { identity: 'relay-1', fqcn: 'relay-1', address: 'relay.clinic.org:8102' },
    });
    const kit = unzipKit((await backend.admin('POST', `/clients/${site}/blob`, { pin: PIN })).bytes, PIN);
    expect(kit.json('local/relay__resources.json')).toMatchObject({
      relay_config: { identity: 'relay-2', fqcn: 'relay-1.relay-2', address: 'r2.clinic.org:8103' },
    });
    expect(kit.json('local/comm_config.json')).toMatchObject({ backbone_conn_gen: 1 });
  });

  test('keeps its own key with a bare request; nvflare package makes no kits for relays', async () => {
    const zip = await requestZip(newKey(), {
      project: 'Relays',
      name: 'relay-1',
      org: 'clinic',
      kind: 'site',
      certType: 'client',
    });
    expect((await backend.admin('POST', '/requests', { request: zip })).json).toMatchObject({
      code: 'invalid',
      fields: [{ path: 'request', message: expect.stringContaining('is a relay') }],
    });
    const bare = Buffer.from(openSslRequest(newKey(), '/CN=relay-1')).toString('base64');
    const submitted = await backend.admin('POST', '/requests', { request: bare });
    const { id, version } = z
      .object({ id: z.string(), version: z.string() })
      .parse(submitted.json['request']);
    expect((await backend.admin('POST', `/requests/${id}/approve`, { version })).status).toBe(200);
    const kit = unzipKit((await backend.admin('GET', `/requests/${id}/kit.zip`)).bytes, '');
    expect(kit.names).toEqual(
      expect.arrayContaining(['startup/fed_relay.json', 'startup/server.crt', 'startup/place-key.sh']),
    );
    expect(kit.names.filter((name) => name.endsWith('.key'))).toEqual([]);
  });

  test('keeps the kits of sites below it back while it is not approved', async () => {
    const [relay] = z
      .array(z.object({ id: z.number() }))
      .parse((await backend.admin('GET', '/clients?q=relay-2')).json['client_list']);
    await change(relay?.id ?? 0, { approval_state: -1 });
    const [site] = z
      .array(z.object({ id: z.number() }))
      .parse((await backend.admin('GET', '/clients?q=site-1')).json['client_list']);
    const refused = await backend.admin('POST', `/clients/${site?.id ?? 0}/blob`, { pin: PIN });
    expect(refused.json).toMatchObject({
      code: 'project_incomplete',
      message: 'There is no approved relay relay-2.',
    });
  });
});
