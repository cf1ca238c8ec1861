import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Reply } from '../api/backend.ts';
import { readApiDocument } from '../api/document.ts';
import { STEPS, UNSEAL, type Step } from './audit-steps.ts';
import {
  MINUTE,
  admin,
  backend,
  file,
  ids,
  inFile,
  restartStudy,
  sendBy,
  startStudy,
  stopStudy,
} from './audited-study.ts';
import { auditRows, databaseContent } from './database-content.ts';
import { withhold } from './withheld-request.ts';

const ADMIN_ID = 1;
/** Below every approval. */
const DENIAL = 1000;
/** Requests of others that pass while one waits for the database. */
const OTHERS = 3;

/** Rest on nobody's rights, or change nothing that stays; each is tested elsewhere. */
const WITHOUT_RIGHT: readonly string[] = [
  'POST /password/forgot',
  'POST /invitations/check',
  'POST /login/sso',
  'POST /login/second-factor/passkey',
  'POST /.well-known/est/simpleenroll',
  'POST /.well-known/est/simplereenroll',
];

/** Change nothing that the audit log would have, but still need a session. */
const FURTHER: readonly Pick<Step, 'operation' | 'ask'>[] = [
  { operation: 'POST /project/checks', ask: () => admin('POST', '/project/checks') },
  { operation: 'POST /ca/renewal/plan', ask: () => admin('POST', '/ca/renewal/plan', {}) },
  { operation: 'POST /reissue/plan', ask: () => admin('POST', '/reissue/plan', {}) },
  { operation: 'POST /sso/link', ask: () => admin('POST', '/sso/link') },
  {
    operation: 'POST /second-factor/passkeys/challenge',
    ask: () => admin('POST', '/second-factor/passkeys/challenge'),
  },
  {
    operation: 'POST /sessions/confirm/passkey',
    ask: () => admin('POST', '/sessions/confirm/passkey', {}),
  },
];

/** SQL that takes a right away and gives it back, and the status of a request that rests on it. */
interface Withdrawal {
  readonly take: string;
  readonly giveBack: string;
  readonly status: number;
}

const denial = (id: number): Withdrawal => ({
  take: `update "user" set approval_state = approval_state - ${DENIAL} where id = ${id}`,
  giveBack: `update "user" set approval_state = approval_state + ${DENIAL} where id = ${id}`,
  status: 401,
});

const expiry = (status: number): Withdrawal => ({
  take: "update one_time_link set expires_at = '1' || substr(expires_at, 2)",
  giveBack: "update one_time_link set expires_at = '2' || substr(expires_at, 2)",
  status,
});

/** Of requests without a session. */
const ofStrangers = (operation: string): Withdrawal | undefined =>
  ({
    'POST /users': {
      take: 'update project set public = 0',
      giveBack: 'update project set public = 1',
      status: 403,
    },
    'POST /login': denial(ids.user),
    'POST /login/second-factor': denial(ids.user),
    'POST /login/ask-again': {
      take: `update "user" set password_hash = 'x' || password_hash where id = ${ids.user}`,
      giveBack: `update "user" set password_hash = substr(password_hash, 2) where id = ${ids.user}`,
      status: 401,
    },
    'POST /email/confirm': expiry(400),
    'POST /password/reset': expiry(400),
    'POST /enrolments': {
      take: "update enrolment_token set ended_at = '2020-01-01T00:00:00.000Z'",
      giveBack: "update enrolment_token set ended_at = ''",
      status: 401,
    },
  })[operation];

/** The right that was taken away last. */
let withdrawn: Withdrawal | undefined;

const withdrawalFor = (operation: string, token: string): Withdrawal => {
  withdrawn = ofStrangers(operation) ?? denial(token === backend.admin.token ? ADMIN_ID : ids.user);
  return withdrawn;
};

const isOf = (operation: string, method: string, route: string): boolean => {
  const [path = ''] = route.split('?', 1);
  return new RegExp(`^${operation.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(`${method} ${path}`);
};

const replyWith = (status: number): Reply => ({
  status,
  headers: new Headers(),
  json: {},
  bytes: Buffer.of(),
});

const sendDirectly = (): void => {
  sendBy((ask, ...request) => ask(...request));
};

/** Sends the operation's headers, takes the right away, sends the body. */
const sendBodyLate = (operation: string): void => {
  sendBy(async (ask, method, route, body) => {
    if (!isOf(operation, method, route)) {
      return ask(method, route, body);
    }
    const { take } = withdrawalFor(operation, ask.token);
    const withheld = await withhold(backend, ask.token, [method, route], body ?? {});
    inFile(take);
    return replyWith(await withheld.finish());
  });
};

/** Takes the right away while the whole request waits for another program that writes to the database. */
const sendWhileLocked = (operation: string): void => {
  sendBy(async (ask, method, route, body) => {
    if (!isOf(operation, method, route)) {
      return ask(method, route, body);
    }
    const db = new Database(file());
    db.exec('begin immediate');
    const response = ask(method, route, body);
    for (let count = 0; count < OTHERS; count += 1) {
      await backend.stranger('GET', '/health');
    }
    db.exec(withdrawalFor(operation, ask.token).take);
    db.exec('commit');
    db.close();
    return response;
  });
};

/** What the audit log has of requests that changed nothing. */
const WITHOUT_CHANGE = /^(data|audit)\.|\.refuse$/;
/** Rows of the first two are looked at one by one; messages leave meanwhile, and challenges come first. */
const ASIDE = new Set(['audit', 'audit_head', 'outbox', 'passkey_challenge']);
const Withdrawn = z.object({ giveBack: z.string(), status: z.number() });
const Content = z.array(z.tuple([z.string(), z.unknown()]));

const stored = (): unknown =>
  Content.parse(JSON.parse(databaseContent(file()))).filter(([table]) => !ASIDE.has(table));

const changesAfter = (row: number): readonly string[] =>
  auditRows(file(), row)
    .map(({ action }) => action)
    .filter((action) => !WITHOUT_CHANGE.test(action));

const lastRow = (): number => auditRows(file(), 0).at(-1)?.id ?? 0;

/** Does the step while its right is taken away, and expects that nothing comes of it. */
const tryWithdrawn = async (
  { operation, ask }: Pick<Step, 'operation' | 'ask'>,
  way: (operation: string) => void,
): Promise<void> => {
  const before = stored();
  const last = lastRow();
  way(operation);
  const { status } = await ask();
  sendDirectly();
  const { giveBack, status: expected } = Withdrawn.parse(withdrawn);
  inFile(giveBack);
  expect([operation, way.name, status]).toEqual([operation, way.name, expected]);
  expect([operation, way.name, changesAfter(last)]).toEqual([operation, way.name, []]);
  expect([operation, way.name, stored()]).toEqual([operation, way.name, before]);
};

const tryStep = async (step: Step): Promise<void> => {
  step.prepare?.();
  await tryWithdrawn(step, sendBodyLate);
  await tryWithdrawn(step, sendWhileLocked);
  const { status } = await step.ask();
  expect([step.operation, status]).toEqual([step.operation, step.status]);
};

beforeAll(startStudy, MINUTE);
afterAll(stopStudy);

describe('the right of whoever sends a request', () => {
  it('is asked for again by every operation that changes something', async () => {
    const { operations } = await readApiDocument(backend.url);
    const changing = operations
      .filter((operation) => !operation.startsWith('GET ') && !operation.includes(' /nvflare-dashboard/'))
      .map((operation) => operation.replace('/api/v1', ''));
    const tried = [...STEPS, UNSEAL, ...FURTHER].map(({ operation }) => operation);
    expect([...new Set([...tried, ...WITHOUT_RIGHT])].sort()).toEqual([...new Set(changing)].sort());
  });

  it(
    'counts as it is when the body has arrived and when the write begins',
    async () => {
      for (const step of STEPS.filter(({ operation }) => !WITHOUT_RIGHT.includes(operation))) {
        await tryStep(step);
      }
      for (const step of FURTHER) {
        await tryWithdrawn(step, sendBodyLate);
      }
      await restartStudy();
      await tryStep(UNSEAL);
    },
    4 * MINUTE,
  );
});
