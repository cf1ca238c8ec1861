import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Backend } from './backend.ts';
import { unzipKit } from './kit-files.ts';

const Site = z.object({ id: z.number() });
const Warnings = z.array(z.object({ path: z.string(), message: z.string() }));
let backend: Backend;
const PIN = 'Kit4Settings';

const settings = {
  require_signed_jobs: true,
  jemalloc: true,
  auth_identity_map: { 'relay-9.site-9': 'site-9' },
  studies: { lung: { site_orgs: { clinic: ['ward'] }, admins: ['admin@example.org'] } },
};

beforeAll(async () => {
  backend = await startBackend();
  await backend.admin('PATCH', '/project', { short_name: 'Kits', server1: 'fl.example.org', key_bits: 2048 });
  const made = await backend.admin('POST', '/clients', { name: 'ward', organization: 'clinic' });
  const { id } = Site.parse(made.json['client']);
  await backend.admin('PATCH', `/clients/${id}`, { approval_state: 100 });
  await backend.admin('PATCH', '/project', { frozen: true });
}, 60_000);
afterAll(() => backend.close());

const change = (body: object) => backend.admin('PATCH', '/project', body);
const serverKit = async () =>
  unzipKit((await backend.admin('POST', '/servers/1/blob', { pin: PIN })).bytes, PIN);

describe('settings of kits for NVFLARE 2.9', () => {
  test('are changed in a frozen project, shown, and written into the kits', async () => {
    const set = await change(settings);
    expect([set.status, set.json]).toMatchObject([200, { project: settings, warnings: [] }]);
    const kit = await serverKit();
    expect(kit.json('startup/fed_server.json')).toMatchObject({
      require_signed_jobs: true,
      servers: [{ auth_identity_map: settings.auth_identity_map }],
    });
    expect(kit.json('local/study_registry.json')).toEqual({
      format_version: '1.0',
      studies: settings.studies,
    });
    expect(kit.text('startup/sub_start.sh')).toContain('NVFLARE_ENABLE_JEMALLOC_PRELOAD:-true');
  });

  test('are hidden from strangers where they name participants', async () => {
    await change({ public: true });
    const seen = await backend.stranger('GET', '/project');
    expect(seen.json['project']).not.toHaveProperty('studies');
    expect(seen.json['project']).not.toHaveProperty('auth_identity_map');
  });

  test.each([
    ['2.8', ['auth_identity_map']],
    ['2.7', ['require_signed_jobs', 'auth_identity_map', 'studies']],
    ['2.6', ['require_signed_jobs', 'auth_identity_map', 'studies', 'jemalloc']],
  ])('are absent from kits for %s, and the response says which', async (release, without) => {
    await change(settings);
    const set = await change({ target_release: release });
    expect(Warnings.parse(set.json['warnings']).map(({ path }) => path)).toEqual(without);
    expect(Warnings.parse(set.json['warnings'])[0]?.message).toContain(`NVFLARE ${release}; it needs`);
    const kit = await serverKit();
    const text = kit.text('startup/fed_server.json');
    expect(text.includes('require_signed_jobs')).toBe(!without.includes('require_signed_jobs'));
    expect(text).not.toContain('auth_identity_map');
    expect(kit.names.includes('local/study_registry.json')).toBe(!without.includes('studies'));
    expect(kit.text('startup/sub_start.sh').includes('JEMALLOC')).toBe(!without.includes('jemalloc'));
    await change({ target_release: '2.9' });
  });

  test('are unset again with null', async () => {
    const set = await change({
      require_signed_jobs: null,
      jemalloc: false,
      auth_identity_map: null,
      studies: null,
    });
    expect(set.json['project']).toMatchObject({ require_signed_jobs: null, jemalloc: false });
    const kit = await serverKit();
    expect(kit.json('startup/fed_server.json')).not.toHaveProperty('require_signed_jobs');
    expect(kit.names).not.toContain('local/study_registry.json');
  });
});

describe('studies', () => {
  const study = (more: object) => ({ studies: { lung: { site_orgs: {}, admins: [], ...more } } });
  test.each([
    ['an unknown site', study({ site_orgs: { clinic: ['nobody'] } }), 'studies.lung.site_orgs.clinic.0'],
    [
      'a site of another organization',
      study({ site_orgs: { lab: ['ward'] } }),
      'studies.lung.site_orgs.lab.0',
    ],
    ['a site twice', study({ site_orgs: { clinic: ['ward', 'ward'] } }), 'studies.lung.site_orgs.clinic.0'],
    ['an unknown user', study({ admins: ['no@example.org'] }), 'studies.lung.admins.0'],
    ['an unknown key', study({ sites: [] }), 'studies.lung'],
    ['a reserved name', { studies: { default: { site_orgs: {}, admins: [] } } }, 'studies.default'],
    ['a name in capitals', { studies: { Lung: { site_orgs: {}, admins: [] } } }, 'studies.Lung'],
  ])('are refused with %s', async (_what, body, path) => {
    const refused = await change(body);
    expect([refused.status, refused.json]).toMatchObject([
      400,
      { code: 'invalid', fields: expect.arrayContaining([expect.objectContaining({ path })]) },
    ]);
  });

  test('leave out who was denied since', async () => {
    await change({ studies: settings.studies });
    const made = await backend.admin('POST', '/clients', { name: 'lab-1', organization: 'clinic' });
    const { id } = Site.parse(made.json['client']);
    await backend.admin('PATCH', `/clients/${id}`, { approval_state: 100 });
    const both = { lung: { site_orgs: { clinic: ['ward', 'lab-1'] }, admins: [] } };
    expect((await change({ studies: both })).status).toBe(200);
    await backend.admin('PATCH', `/clients/${id}`, { approval_state: -1 });
    expect((await serverKit()).json('local/study_registry.json')).toMatchObject({
      studies: { lung: { site_orgs: { clinic: ['ward'] } } },
    });
  });
});
