import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { z } from 'zod';
import { hashPassword } from '../../src/server/auth/password-hash.ts';
import type { Role } from '../../src/domain/roles.ts';
import { startServer, type RunningServer } from '../../src/server/start.ts';
import { idOfName } from '../../src/server/store/named-rows.ts';
import { openDatabase } from '../../src/server/store/open.ts';
import { toTimestamp } from '../../src/server/store/timestamp.ts';
import { insertUser } from '../../src/server/store/users.ts';

export const ADMIN = 'admin@example.org';
const PASSWORD = 'correct-horse-battery';

const Json = z.record(z.string(), z.unknown());

/** An answer: status, headers, and the body as JSON object (empty for other content) and bytes. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** Asks the API as one user; paths are below the API prefix. */
export type Ask = (method: string, route: string, body?: unknown) => Promise<Reply>;

export interface Backend {
  readonly folder: string;
  readonly url: string;
  /** Nobody logged in. */
  readonly stranger: Ask;
  /** The first project admin. */
  readonly admin: Ask;
  /** Puts a user into the database and logs him in. */
  readonly user: (
    email: string,
    role: Role | '',
    organization: string,
    approval: number,
  ) => Promise<Ask & { id: number }>;
  /** Stops and starts again on the same folder. */
  readonly restart: (passphrase?: string) => Promise<Backend>;
  readonly close: () => Promise<void>;
}

const asking =
  (url: string, token: string | undefined): Ask =>
  async (method, route, body) => {
    const response = await fetch(`${url}/api/v1${route}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    const json = isJson ? Json.parse(JSON.parse(bytes.toString('utf8'))) : {};
    return { status: response.status, headers: response.headers, json, bytes };
  };

const login = async (url: string, email: string): Promise<Ask> => {
  const answer = await asking(url, undefined)('POST', '/login', { email, password: PASSWORD });
  return asking(url, z.string().parse(answer.json['access_token']));
};

/** The backend itself, listening on 127.0.0.1, on a folder of its own. */
export const startBackend = async (
  options: { readonly folder?: string; readonly passphrase?: string | undefined } = {},
): Promise<Backend> => {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'backend-')));
  const file = path.join(folder, 'db.sqlite');
  const server: RunningServer = await startServer(
    {
      webRoot: folder,
      host: '127.0.0.1',
      port: 0,
      database: { engine: 'sqlite', file },
      credential: `${ADMIN}:${PASSWORD}:nvidia`,
      passphrase: options.passphrase,
      secretKey: undefined,
      logLevel: 'silent',
      metrics: false,
    },
    pino({ level: 'silent' }),
    () => new Date(),
  );
  const { url } = server;
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= server.close());
  const user: Backend['user'] = async (email, role, organization, approval) => {
    const db = await openDatabase({ engine: 'sqlite', file });
    const at = toTimestamp(new Date());
    const password_hash = await hashPassword(PASSWORD);
    const id = await db.write(async (trx) =>
      insertUser(trx, {
        name: email,
        description: '',
        email,
        password_hash,
        role_id: await idOfName(trx, 'role', role, at),
        organization_id: await idOfName(trx, 'organization', organization, at),
        approval_state: approval,
        created_at: at,
        updated_at: at,
      }),
    );
    await db.close();
    return Object.assign(await login(url, email), { id });
  };
  return {
    folder,
    url,
    stranger: asking(url, undefined),
    admin: await login(url, ADMIN),
    user,
    restart: async (passphrase) => {
      await stop();
      return startBackend({ folder, passphrase });
    },
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
