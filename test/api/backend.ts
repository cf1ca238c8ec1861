import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { z } from 'zod';
import { hashPassword } from '../../src/backend/auth/password-hash.ts';
import { signToken } from '../../src/backend/auth/session-token.ts';
import { sessionKey } from '../../src/backend/auth/token-key.ts';
import { APPROVED, SUPER_APPROVED } from '../../src/contract/approval.ts';
import type { Role } from '../../src/contract/roles.ts';
import type { OidcSettings, ServerConfig } from '../../src/backend/context/config.ts';
import { existingAuditKey } from '../../src/backend/start/audit-key.ts';
import { sessionEnd } from '../../src/backend/services/sessions/renew-session.ts';
import { startServer, type RunningServer } from '../../src/backend/start/start-backend.ts';
import type { MailConfig } from '../../src/backend/mail/mail-config.ts';
import type { Database } from '../../src/backend/store/database.ts';
import { findOrCreateId } from '../../src/backend/store/named-rows.ts';
import { openDatabase, type DatabaseLocation } from '../../src/backend/store/open.ts';
import { insertSession } from '../../src/backend/store/sessions.ts';
import { toTimestamp } from '../../src/backend/store/timestamp.ts';
import { insertUser, PASSWORD_CHANGE, userByEmail } from '../../src/backend/store/users.ts';
import { readApiDocument, type ApiDocument } from './document.ts';

export const ADMIN = 'admin@example.org';
export const PASSWORD = 'correct-horse-battery';

let derived: Promise<string> | undefined;

/** Of {@link PASSWORD}; derived once a file, as it takes a quarter of a second of a core. */
const passwordHash = (): Promise<string> => (derived ??= hashPassword(PASSWORD));

const Json = z.record(z.string(), z.unknown());

/** An answer: status, headers, and the body as JSON object (empty for other content) and bytes. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** Asks the API as one user; paths are below the API prefix. */
export interface Ask {
  (method: string, route: string, body?: unknown, signal?: AbortSignal): Promise<Reply>;
  /** Bearer token; empty for nobody. */
  readonly token: string;
  /** The same user, sending these headers as well. */
  readonly with: (headers: Readonly<Record<string, string>>) => Ask;
}

export interface Backend {
  readonly folder: string;
  readonly database: DatabaseLocation;
  readonly url: string;
  /** Nobody logged in. */
  readonly stranger: Ask;
  /** The first project admin. */
  readonly admin: Ask;
  /** Whoever holds this token. */
  readonly as: (token: string) => Ask;
  /** Puts a user into the database, with a session: a log-in would cost a quarter of a second of a core. */
  readonly user: (
    email: string,
    role: Role | '',
    organization: string,
    approval: number,
  ) => Promise<Ask & { id: number }>;
  /** Stops and starts again on the same folder. */
  readonly restart: (passphrase?: string) => Promise<Backend>;
  /** Stops and keeps the folder. */
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const PREFIX = '/api/v1';

const asking = (
  url: string,
  token: string,
  document: ApiDocument,
  further: Readonly<Record<string, string>> = {},
): Ask => {
  const ask = async (method: string, route: string, body?: unknown, signal?: AbortSignal): Promise<Reply> => {
    const response = await fetch(`${url}${PREFIX}${route}`, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...further,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const type = response.headers.get('content-type') ?? '';
    const json = type.startsWith('application/json') ? Json.parse(JSON.parse(bytes.toString('utf8'))) : {};
    document.check({ method, path: `${PREFIX}${route}`, status: response.status, type, json });
    return { status: response.status, headers: response.headers, json, bytes };
  };
  return Object.assign(ask, {
    token,
    with: (headers: Readonly<Record<string, string>>) => asking(url, token, document, headers),
  });
};

/** Any number that no other lock has. */
const TEMPLATE_LOCK = 7;
const TEMPLATE = 'with_admin';

const urlOf = (server: string, name: string): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};

interface Person {
  readonly name: string;
  readonly email: string;
  readonly role: Role | '';
  readonly organization: string;
  readonly approval_state: number;
  readonly must_change_password?: number;
}

/** Inserts somebody whose password is {@link PASSWORD}. @returns the ID */
const addUser = async (db: Database, { role, organization, ...person }: Person): Promise<number> => {
  const at = toTimestamp(new Date());
  const password_hash = await passwordHash();
  return db.write(async (trx) =>
    insertUser(trx, {
      ...person,
      description: '',
      password_hash,
      role_id: await findOrCreateId(trx, 'role', role, at),
      organization_id: await findOrCreateId(trx, 'organization', organization, at),
      created_at: at,
      updated_at: at,
    }),
  );
};

/** Makes the tables and the first project admin: most of what a first start takes. */
const fill = async (location: DatabaseLocation): Promise<void> => {
  const db = await openDatabase(location);
  try {
    await addUser(db, {
      name: 'Project admin',
      email: ADMIN,
      role: 'project_admin',
      organization: 'nvidia',
      approval_state: SUPER_APPROVED,
      must_change_password: PASSWORD_CHANGE.advised,
    });
  } finally {
    await db.close();
  }
};

/** Creates what all databases of the run are copied from, unless another test file has. */
const makeTemplate = async (client: pg.Client, server: string): Promise<void> => {
  await client.query(`select pg_advisory_lock(${TEMPLATE_LOCK})`);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
  if (rowCount === 0) {
    await client.query(`drop database if exists ${TEMPLATE}_made`);
    await client.query(`create database ${TEMPLATE}_made`);
    await fill({ engine: 'postgres', url: urlOf(server, `${TEMPLATE}_made`) });
    await client.query(`alter database ${TEMPLATE}_made rename to ${TEMPLATE}`);
  }
  await client.query(`select pg_advisory_unlock(${TEMPLATE_LOCK})`);
};

const onPostgres = async (server: string, empty: boolean): Promise<DatabaseLocation> => {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    if (!empty) {
      await makeTemplate(client, server);
    }
    await client.query(`create database ${name}${empty ? '' : ` template ${TEMPLATE}`}`);
  } finally {
    await client.end();
  }
  return { engine: 'postgres', url: urlOf(server, name) };
};

let filled: Promise<Buffer> | undefined;

const fillOnce = async (): Promise<Buffer> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'template-'));
  const file = path.join(folder, 'db.sqlite');
  await fill({ engine: 'sqlite', file });
  const content = await readFile(file);
  await rm(folder, { recursive: true });
  return content;
};

/**
 * On the PostgreSQL server that the test run started, or in the folder.
 *
 * @param empty Default: tables and first project admin are there.
 */
const newDatabase = async (folder: string, empty: boolean): Promise<DatabaseLocation> => {
  const server = process.env['TEST_POSTGRES_URL'];
  if (server !== undefined) {
    return onPostgres(server, empty);
  }
  const file = path.join(folder, 'db.sqlite');
  if (!empty) {
    await writeFile(file, await (filled ??= fillOnce()), { flag: 'wx', mode: 0o600 });
  }
  return { engine: 'sqlite', file };
};

/** The backend itself, listening on 127.0.0.1, on a folder of its own. */
export const startBackend = async (
  options: {
    readonly folder?: string;
    /** Default: a free one. */
    readonly port?: number;
    readonly database?: DatabaseLocation;
    readonly passphrase?: string | undefined;
    /** Of the first project admin, as EMAIL:PASSWORD:ORG. */
    readonly credential?: string;
    readonly trustedProxies?: readonly string[];
    readonly publicUrl?: string;
    readonly mail?: MailConfig | undefined;
    readonly webhookNetworks?: readonly string[];
    readonly now?: () => Date;
    readonly syslog?: ServerConfig['syslog'];
    readonly secretKey?: string;
    readonly oidc?: OidcSettings;
    readonly localPasswords?: boolean;
  } = {},
): Promise<Backend> => {
  const clock = options.now ?? (() => new Date());
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'backend-')));
  const empty = options.folder !== undefined || options.credential !== undefined;
  const database = options.database ?? (await newDatabase(folder, empty));
  const server: RunningServer = await startServer(
    {
      webRoot: folder,
      host: '127.0.0.1',
      port: options.port ?? 0,
      database,
      credential: options.credential ?? `${ADMIN}:${PASSWORD}:nvidia`,
      passphrase: options.passphrase,
      secretKey: options.secretKey,
      logLevel: 'silent',
      trustedProxies: options.trustedProxies,
      publicUrl: options.publicUrl,
      syslog: options.syslog,
      oidc: options.oidc,
      localPasswords: options.localPasswords,
      drainSeconds: 0,
      metrics: false,
      mail: options.mail,
      webhookNetworks: options.webhookNetworks,
    },
    pino({ level: 'silent' }),
    clock,
  );
  const { url } = server;
  const document = await readApiDocument(url);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= server.close());
  const inDatabase = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    const db = await openDatabase(database);
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  };
  const source = { webRoot: folder, secretKey: options.secretKey };
  /** Opens a session without a log-in, which would cost a quarter of a second of a core. */
  const sessionOf = async (db: Database, email: string): Promise<Ask> => {
    const now = clock();
    const found = await userByEmail(db.reader, email);
    if (found === undefined) {
      throw new Error(`There is no ${email}`);
    }
    const { id: user_id, role, organization, approval_state } = found;
    const jti = randomBytes(16).toString('base64url');
    const at = toTimestamp(now);
    const expires_at = toTimestamp(sessionEnd(now, now));
    const times = { created_at: at, used_at: at, confirmed_at: at, expires_at };
    const browser = { address: '127.0.0.1', user_agent: 'node', id_token: '' };
    await db.write((trx) => insertSession(trx, { ...times, ...browser, jti, user_id }));
    const { id: audience } = await existingAuditKey(db, source, now);
    const issuer = { key: await sessionKey(folder, options.secretKey), audience };
    const approved = approval_state >= APPROVED;
    const token = signToken(issuer, { sub: email, jti, role, organization, approved }, now);
    return asking(url, token, document);
  };
  const user: Backend['user'] = (email, role, organization, approval) =>
    inDatabase(async (db) => {
      const id = await addUser(db, { name: email, email, role, organization, approval_state: approval });
      return Object.assign(await sessionOf(db, email), { id });
    });
  return {
    folder,
    database,
    url,
    stranger: asking(url, '', document),
    as: (token) => asking(url, token, document),
    admin: await inDatabase((db) => sessionOf(db, ADMIN)),
    user,
    restart: async (passphrase) => {
      await stop();
      return startBackend({
        folder,
        database,
        passphrase,
        mail: options.mail,
        now: clock,
        syslog: options.syslog,
      });
    },
    stop,
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
