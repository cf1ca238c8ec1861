import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startBackend, type Ask, type Backend } from './backend.ts';

const Imported = z.object({
  imported: z.boolean(),
  rows: z.array(
    z.object({
      line: z.number(),
      cells: z.record(z.string(), z.string()),
      problems: z.array(z.object({ path: z.string(), code: z.string().optional() })),
      new_organization: z.boolean(),
      similar_organizations: z.array(z.string()),
    }),
  ),
  invitations: z.array(z.object({ email: z.string(), token: z.string() })).default([]),
});
const Refused = z.object({ fields: z.array(z.object({ path: z.string(), code: z.string().optional() })) });
const Site = z.object({
  name: z.string(),
  creator: z.string(),
  capacity: z.object({ num_of_gpus: z.number() }),
});

let backend: Backend;
let orgAdmin: Ask;
let member: Ask;

beforeAll(async () => {
  backend = await startBackend();
  orgAdmin = await backend.user('ann@clinic.org', 'org_admin', 'clinic', 100);
  member = await backend.user('bob@clinic.org', 'member', 'clinic', 100);
}, 120_000);
afterAll(() => backend.close());

const sites = async (by: Ask = backend.admin) => {
  const { json } = await by('GET', '/clients');
  return z.array(Site).parse(json['client_list']);
};
const siteNames = async () => (await sites()).map(({ name }) => name);
const invited = async () => (await backend.admin('GET', '/invitations')).json['total'];

const check = async (kind: 'clients' | 'invitations', csv: string, by: Ask = backend.admin) => {
  const reply = await by('POST', `/${kind}/import`, { csv, dry_run: true });
  expect([reply.status, reply.json['message']]).toEqual([200, undefined]);
  return Imported.parse(reply.json);
};
const refusedFields = async (kind: 'clients' | 'invitations', csv: string, by: Ask = backend.admin) => {
  const reply = await by('POST', `/${kind}/import`, { csv });
  expect(reply.status).toBe(400);
  return Refused.parse(reply.json).fields.map(({ path, code }) => [path, code]);
};

describe('a table of sites', () => {
  it('is shown with what is new, and registers nothing while it is only checked', async () => {
    const { imported, rows } = await check('clients', 'name,organization\nwest-1,c1inic\nwest-2,clinic\n');
    expect(imported).toBe(false);
    expect(rows).toMatchObject([
      { line: 2, new_organization: true, similar_organizations: ['clinic'], problems: [] },
      { line: 3, new_organization: false, problems: [] },
    ]);
    expect(await siteNames()).not.toContain('west-1');
  });

  it('registers every site with its owner and capacity', async () => {
    const csv = 'name,organization,owner,num_of_gpus\nnorth-1,clinic,ann@clinic.org,4\nnorth-2,other,,\n';
    const reply = await backend.admin('POST', '/clients/import', { csv });
    expect(Imported.parse(reply.json).imported).toBe(true);
    expect((await sites()).filter(({ name }) => name.startsWith('north'))).toMatchObject([
      { name: 'north-1', creator: 'ann@clinic.org', capacity: { num_of_gpus: 4 } },
      { name: 'north-2', creator: 'admin@example.org', capacity: { num_of_gpus: 0 } },
    ]);
  });

  it('registers nothing where one line is wrong, and names each wrong cell', async () => {
    const lines = [
      'name,organization,owner,num_of_gpus',
      'good-1,clinic,,1',
      'bad name,clinic,,1',
      'good-1,clinic,,1',
      'good-2,clin ic,,1',
      'good-3,clinic,bob@clinic.org,1',
      'good-4,clinic,,many',
      'NORTH-1,clinic,,',
      ',clinic,,',
      'server,clinic,,',
      'good-5,clinic,,-1',
      'good-6,clinic,,2000',
    ];
    expect(await refusedFields('clients', lines.join('\n'))).toEqual(
      expect.arrayContaining([
        ['lines.3.name', undefined],
        ['lines.4.name', 'duplicate'],
        ['lines.5.organization', undefined],
        ['lines.6.owner', 'not_org_admin'],
        ['lines.7.num_of_gpus', 'whole_number'],
        ['lines.8.name', 'taken'],
        ['lines.9.name', 'missing'],
        ['lines.10.name', undefined],
        ['lines.11.num_of_gpus', 'whole_number'],
        ['lines.12.num_of_gpus', 'whole_number'],
      ]),
    );
    expect(await siteNames()).not.toContain('good-1');
  });

  it('needs no organization from an org admin, and takes no other one', async () => {
    expect((await orgAdmin('POST', '/clients/import', { csv: 'name\nown-1\nown-2\n' })).status).toBe(200);
    expect(await siteNames()).toEqual(expect.arrayContaining(['own-1', 'own-2']));
    const csv = 'name,organization,owner\nx-1,other,\nx-2,clinic,bob@clinic.org\nx-3,clinic,ann@clinic.org\n';
    expect(await refusedFields('clients', csv, orgAdmin)).toEqual([
      ['lines.2.organization', 'admin_only'],
      ['lines.3.owner', 'admin_only'],
    ]);
  });

  it('is refused to others, also to be checked', async () => {
    const body = { csv: 'name\nx\n', dry_run: true };
    expect((await member('POST', '/clients/import', body)).status).toBe(403);
    expect((await backend.stranger('POST', '/clients/import', body)).status).toBe(401);
  });

  it('takes no more from an org admin than may wait, and then none', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `many-${index}`);
    const reply = await orgAdmin('POST', '/clients/import', { csv: `name\n${names.join('\n')}` });
    expect(reply.status).toBe(429);
    expect(await siteNames()).not.toContain('many-0');
  });
});

describe('a table of people', () => {
  it('invites every person as what the table says', async () => {
    const csv = 'email,organization,role\neve@clinic.org,clinic,lead\nfay@new.org,New,Org admin\n';
    const { rows } = await check('invitations', csv);
    expect(rows.map((row) => row.new_organization)).toEqual([false, true]);
    const reply = await backend.admin('POST', '/invitations/import', { csv });
    const { invitations } = Imported.parse(reply.json);
    expect(invitations.map(({ email }) => email)).toEqual(['eve@clinic.org', 'fay@new.org']);
    const token = invitations[1]?.token;
    const shown = await backend.stranger('POST', '/invitations/check', { token });
    expect(shown.json).toMatchObject({ organization: 'New', role: 'org_admin' });
  });

  it('invites nobody where one line is wrong, and names each wrong cell', async () => {
    const before = await invited();
    const lines = [
      'E-mail;Organization;Role',
      'gus@clinic.org;clinic;member',
      'GUS@clinic.org;clinic;member',
      'ann@clinic.org;clinic;member',
      'eve@clinic.org;clinic;member',
      'nobody;clinic;member',
      'hal@clinic.org;;member',
      'ida@clinic.org;clinic;project_admin',
      'jim@clinic.org;clinic',
    ];
    expect(await refusedFields('invitations', lines.join('\r\n'))).toEqual(
      expect.arrayContaining([
        ['lines.3.email', 'duplicate'],
        ['lines.4.email', 'taken'],
        ['lines.5.email', 'invited'],
        ['lines.6.email', undefined],
        ['lines.7.organization', 'missing'],
        ['lines.8.role', 'unknown_role'],
        ['lines.9.role', 'missing'],
      ]),
    );
    expect(await invited()).toBe(before);
  });

  it('is refused to org admins', async () => {
    const csv = 'email,organization,role\nkim@clinic.org,clinic,member\n';
    expect((await orgAdmin('POST', '/invitations/import', { csv })).status).toBe(403);
  });
});

describe('a table as spreadsheets save it', () => {
  it.each([
    ['a byte order mark', '\uFEFFname,organization\r\nsheet,clinic\r\n', 2],
    ['semicolons', 'name;organization\r\nsheet;clinic\r\n', 2],
    ['tabs', 'name\torganization\nsheet\tclinic\n', 2],
    ['a line that names the delimiter', 'sep=;\r\nname;organization\r\nsheet;clinic\r\n', 3],
    ['a byte order mark before that line', '\uFEFFsep=;\r\nname;organization\r\nsheet;clinic\r\n', 3],
    ['line ends of an old Mac', 'name,organization\rsheet,clinic\r', 2],
    ['quotes', '"name","organization"\r\n"sheet","clinic"\r\n', 2],
    ['padded rows', 'name,organization,,\n,,,\nsheet,clinic,,\n,,,\n', 3],
    ['empty lines before and after', '\n\nname,organization\n\nsheet,clinic\n\n\n', 5],
    ['titles and cells with spaces', ' Name , ORGANIZATION \n\u00A0sheet , clinic \n', 2],
    ['semicolons and a title with a comma', 'name;organization;description\nsheet;clinic;"GPUs, big"\n', 2],
    ['no line end at the end', 'name,organization\nsheet,clinic', 2],
  ])('is read with %s', async (_, csv, line) => {
    const { rows } = await check('clients', csv);
    expect(rows).toMatchObject([{ line, cells: { name: 'sheet', organization: 'clinic' }, problems: [] }]);
  });

  it('names the right line behind a cell of several lines', async () => {
    const csv = 'name,organization,description\nsheet-1,clinic,"one\ntwo"\nsheet 2,clinic,\n';
    const { rows } = await check('clients', csv);
    expect(rows.map(({ line, problems }) => [line, problems.length])).toEqual([
      [2, 0],
      [4, 1],
    ]);
  });

  it.each([
    ['bytes that were not UTF-8', 'name,organization\nM\uFFFDnchen,clinic\n', 'csv', 'csv_encoding'],
    ['UTF-16', 'n\0a\0m\0e\0', 'csv', 'csv_encoding'],
    ['a quote that is not closed', 'name,organization\n"sheet,clinic\n', 'csv', 'csv_syntax'],
    ['more cells than columns', 'name,organization\nsheet,clinic,more\n', 'csv', 'csv_syntax'],
    ['nothing', '', 'csv', 'csv_empty'],
    ['a header alone', 'name,organization\n', 'csv', 'csv_empty'],
    ['too many rows', `name,organization\n${'a,b\n'.repeat(501)}`, 'csv', 'csv_rows'],
    ['a column missing', 'name\nsheet\n', 'columns.organization', 'missing_column'],
    ['a column too many', 'name,organization,color\nsheet,clinic,red\n', 'columns.color', 'unknown_column'],
    ['a column twice', 'name,organization,name\nsheet,clinic,sheet\n', 'columns.name', 'duplicate'],
  ])('is refused with %s', async (_, csv, path, code) => {
    expect(await refusedFields('clients', csv)).toEqual([[path, code]]);
  });
});
