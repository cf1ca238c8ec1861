import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readApiDocument } from '../api/document.ts';
import { STEPS, UNSEAL, type Step } from './audit-steps.ts';
import {
  MINUTE,
  OTHER_PASSPHRASE,
  PASSPHRASE,
  PASSWORD,
  PIN,
  admin,
  backend,
  file,
  inFile,
  restartStudy,
  startStudy,
  stopStudy,
} from './audited-study.ts';
import { auditRows, databaseContent } from './database-content.ts';

/** Changes nothing that stays. */
const WITHOUT_CHANGE = [
  'POST /project/checks',
  'POST /reissue/plan',
  'POST /ca/renewal/plan',
  'POST /invitations/check',
  'POST /login/sso',
  'POST /sso/link',
  'POST /second-factor/passkeys/challenge',
  'POST /login/second-factor/passkey',
  'POST /sessions/confirm/passkey',
];

beforeAll(startStudy, MINUTE);
afterAll(stopStudy);

const lastRow = (): number => auditRows(file(), 0).at(-1)?.id ?? 0;

/** Does the step with an audit log that takes nothing, then with a sound one. */
const tryStep = async ({ operation, ask, rows, status, prepare }: Step): Promise<void> => {
  prepare?.();
  inFile("create trigger no_audit before insert on audit begin select raise(abort, 'no audit'); end");
  const before = databaseContent(file());
  const failed = await ask();
  expect([operation, failed.status, JSON.stringify(failed.json)]).toEqual([
    operation,
    500,
    expect.not.stringContaining('no audit'),
  ]);
  expect([operation, databaseContent(file())]).toEqual([operation, before]);
  inFile('drop trigger no_audit');
  const last = lastRow();
  const done = await ask();
  expect([operation, done.status]).toEqual([operation, status]);
  expect([operation, auditRows(file(), last).map(({ action }) => action)]).toEqual([operation, rows]);
};

describe('the audit log', () => {
  it('knows every operation that changes something', async () => {
    const { operations } = await readApiDocument(backend.url);
    const changing = operations
      .filter((operation) => !operation.startsWith('GET ') && operation.includes(' /api/v1/'))
      .map((operation) => operation.replace('/api/v1', ''))
      .filter((operation) => !WITHOUT_CHANGE.includes(operation));
    const tried = new Set([...STEPS, UNSEAL].map(({ operation }) => operation));
    expect([...tried].sort()).toEqual([...new Set(changing)].sort());
  });

  it(
    'takes its rows with each change, and a change that it cannot take is undone',
    async () => {
      for (const step of STEPS) {
        await tryStep(step);
      }
      await restartStudy();
      await tryStep(UNSEAL);
      process.stdout.write(
        `audit: ${STEPS.length + 1} kinds of changes, 0 without their rows, 0 half done\n`,
      );
    },
    4 * MINUTE,
  );

  it('holds no secret', () => {
    const db = new Database(file(), { readonly: true });
    const text = JSON.stringify(db.prepare('select * from audit').all());
    db.close();
    for (const secret of [
      PASSPHRASE,
      OTHER_PASSPHRASE,
      PASSWORD,
      PIN,
      'PRIVATE KEY',
      'correct-horse-battery',
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('shows a changed and a removed row', async () => {
    const intact = async () => (await admin('GET', '/audit?limit=1')).json['intact'];
    expect(await intact()).toBe(true);
    inFile("update audit set target = target || '?' where id = 3");
    expect(await intact()).toBe(false);
    inFile("update audit set target = rtrim(target, '?') where id = 3");
    expect(await intact()).toBe(true);
    inFile('delete from audit where id = 5');
    expect(await intact()).toBe(false);
  });
});
