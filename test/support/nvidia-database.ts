import path from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { hashPassword } from '../../src/backend/auth/password-hash.ts';
import { createRootCa } from '../../src/pki/root-ca.ts';
import { sealRootKey } from '../../src/pki/root-key.ts';

/** Releases whose tables differ; 2.7 has those of 2.6, 2.8 those of 2.9. */
export type NvidiaRelease = '2.5' | '2.6' | '2.9';

export const NVIDIA_PASSWORD = 'Str0ng-pass-77';
export const NVIDIA_ADMIN = 'admin@example.org';
export const NVIDIA_SITE_ADMIN = 'org@clinic.example.org';

const AT = '2026-01-05 10:00:00.000000';
const CAPACITY = '{"num_of_gpus": 2, "mem_per_gpu_in_GiB": 24}';
const stamped = 'id INTEGER NOT NULL PRIMARY KEY, created_at DATETIME NOT NULL, updated_at DATETIME';
const named = `${stamped}, name VARCHAR(512), description VARCHAR(512)`;

const refers = (column: string, table: string): string => `FOREIGN KEY(${column}) REFERENCES ${table} (id)`;

const tables = (release: NvidiaRelease): string => {
  const hasProps = release !== '2.5';
  return `
    CREATE TABLE organization (${named});
    CREATE TABLE role (${named});
    CREATE TABLE user (${named}, email VARCHAR(128) UNIQUE, password_hash VARCHAR(128),
      role_id INTEGER NOT NULL, organization_id INTEGER NOT NULL, approval_state INTEGER,
      download_count INTEGER ${hasProps ? ', props VARCHAR(1048)' : ''},
      ${refers('role_id', 'role')}, ${refers('organization_id', 'organization')});
    ${hasProps ? '' : `CREATE TABLE capacity (${stamped}, capacity VARCHAR(1024));`}
    CREATE TABLE client (${stamped}, description VARCHAR(512), name VARCHAR(512) UNIQUE,
      organization_id INTEGER NOT NULL, creator_id INTEGER NOT NULL, approval_state INTEGER,
      download_count INTEGER,
      ${hasProps ? 'capacity VARCHAR(2048), props VARCHAR(2048)' : 'capacity_id INTEGER NOT NULL'},
      ${refers('organization_id', 'organization')}, ${refers('creator_id', 'user')}
      ${hasProps ? '' : `, ${refers('capacity_id', 'capacity')}`});
    CREATE TABLE project (id INTEGER NOT NULL PRIMARY KEY, frozen BOOLEAN, public BOOLEAN,
      short_name VARCHAR(128), title VARCHAR(512), description VARCHAR(2048), app_location VARCHAR(2048),
      starting_date VARCHAR(128), end_date VARCHAR(128), server1 VARCHAR(128), root_cert VARCHAR(4096),
      root_key VARCHAR(4096)
      ${release === '2.9' ? '' : ', ha_mode BOOLEAN, overseer VARCHAR(128), server2 VARCHAR(128)'}
      ${hasProps ? ', cc_mode BOOLEAN, project_props VARCHAR(2048), server_props VARCHAR(2048)' : ''});`;
};

/** Fills a new database file as NVIDIA's dashboard of that release leaves a frozen project with one approved site. */
export const createNvidiaDatabase = async (
  folder: string,
  release: NvidiaRelease,
  options: { readonly highAvailability?: boolean } = {},
): Promise<string> => {
  const file = path.join(folder, 'db.sqlite');
  const database = new BetterSqlite(file);
  database.exec(tables(release));
  const insert = (table: string, row: Readonly<Record<string, unknown>>): void => {
    const names = Object.keys(row);
    database
      .prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(row));
  };
  const times = { created_at: AT, updated_at: AT };
  insert('organization', { id: 1, name: release === '2.5' ? '' : 'nvidia', description: '', ...times });
  insert('organization', { id: 2, name: 'clinic', description: '', ...times });
  insert('role', { id: 1, name: 'project_admin', description: null, ...times });
  insert('role', { id: 2, name: 'org_admin', description: '', ...times });
  const password_hash = await hashPassword(NVIDIA_PASSWORD);
  const user = { name: 'n', description: '', ...times, password_hash };
  const admin = { email: NVIDIA_ADMIN, role_id: 1, organization_id: 1, approval_state: 200 };
  const siteAdmin = { email: NVIDIA_SITE_ADMIN, role_id: 2, organization_id: 2, approval_state: 100 };
  insert('user', { id: 1, ...user, ...admin, download_count: 0 });
  insert('user', { id: 2, ...user, ...siteAdmin, download_count: null });
  const site = {
    ...{ id: 1, name: 'site-1', description: '', ...times, organization_id: 2, creator_id: 2 },
    ...{ approval_state: 100, download_count: 3 },
  };
  if (release === '2.5') {
    insert('capacity', { id: 1, capacity: CAPACITY, ...times });
    insert('client', { ...site, capacity_id: 1 });
  } else {
    insert('client', { ...site, capacity: CAPACITY, props: '' });
  }
  const root = await createRootCa({ commonName: 'study', validDays: 360, keyBits: 2048, now: new Date() });
  const available = options.highAvailability === true;
  const hosts = { ha_mode: available ? 1 : 0, server2: 's2.example.org', overseer: 'ov.example.org' };
  insert('project', {
    ...{
      id: 1,
      frozen: 1,
      public: 1,
      short_name: 'study',
      title: 'Study',
      description: '',
      app_location: '',
    },
    ...{ starting_date: null, end_date: '', server1: 'fl.example.org' },
    ...{ root_cert: Buffer.from(root.certificatePem) },
    ...{ root_key: Buffer.from(await sealRootKey(root.privateKey, undefined)) },
    ...(release === '2.9' ? {} : hosts),
  });
  database.close();
  return file;
};
