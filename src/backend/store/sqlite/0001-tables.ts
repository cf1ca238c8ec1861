import type { TableDefinitions } from '../table-definitions.ts';

const stamped = {
  id: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  created_at: "DATETIME NOT NULL DEFAULT ''",
  updated_at: "DATETIME NOT NULL DEFAULT ''",
};
const text = (max: number): string => `VARCHAR(${max}) NOT NULL DEFAULT ''`;
const flag = 'BOOLEAN NOT NULL DEFAULT 0';
const count = 'INTEGER NOT NULL DEFAULT 0';
const named = { ...stamped, name: text(512), description: text(512) };

/** Tables and columns of the first migration; a table of another dashboard gets the columns it lacks. */
export const TABLES: TableDefinitions = {
  organization: named,
  role: named,
  capacity: { ...stamped, capacity: text(1024) },
  project: {
    id: 'INTEGER PRIMARY KEY',
    frozen: flag,
    public: flag,
    cc_mode: flag,
    ha_mode: flag,
    short_name: text(128),
    title: text(512),
    description: text(2048),
    app_location: text(2048),
    starting_date: text(128),
    end_date: text(128),
    server1: text(128),
    server2: text(128),
    overseer: text(128),
    root_cert: 'VARCHAR(4096)',
    root_key: 'VARCHAR(4096)',
    project_props: text(2048),
    server_props: text(2048),
    target_release: "VARCHAR(16) NOT NULL DEFAULT '2.9'",
    zip_encryption: "VARCHAR(16) NOT NULL DEFAULT 'any'",
    key_bits: 'INTEGER NOT NULL DEFAULT 3072',
    root_valid_days: 'INTEGER NOT NULL DEFAULT 3650',
    leaf_valid_days: 'INTEGER NOT NULL DEFAULT 365',
  },
  user: {
    ...named,
    email: text(128),
    password_hash: text(256),
    role_id: 'INTEGER REFERENCES role (id)',
    organization_id: 'INTEGER REFERENCES organization (id)',
    approval_state: count,
    approval_reason: text(512),
    download_count: count,
    props: text(2048),
    must_change_password: flag,
  },
  client: {
    ...named,
    organization_id: 'INTEGER REFERENCES organization (id)',
    creator_id: 'INTEGER REFERENCES user (id)',
    capacity_id: 'INTEGER REFERENCES capacity (id)',
    approval_state: count,
    approval_reason: text(512),
    download_count: count,
    props: text(2048),
  },
  session: {
    jti: 'VARCHAR(64) NOT NULL PRIMARY KEY',
    user_id: 'INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE',
    created_at: 'DATETIME NOT NULL',
    expires_at: 'DATETIME NOT NULL',
  },
  certificate: {
    id: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    kind: text(32),
    common_name: text(128),
    serial: 'VARCHAR(64) NOT NULL UNIQUE',
    sha256: text(64),
    not_before: 'DATETIME NOT NULL',
    not_after: 'DATETIME NOT NULL',
    requested_by: text(254),
    created_at: 'DATETIME NOT NULL',
  },
  audit: {
    id: 'INTEGER PRIMARY KEY',
    at: 'VARCHAR(32) NOT NULL',
    actor: text(254),
    action: text(64),
    target: text(512),
    detail: "TEXT NOT NULL DEFAULT '{}'",
    address: text(64),
    request_id: text(64),
    hash: 'VARCHAR(64) NOT NULL',
  },
  audit_head: {
    id: 'INTEGER PRIMARY KEY',
    last_id: count,
    hash: text(64),
  },
};
