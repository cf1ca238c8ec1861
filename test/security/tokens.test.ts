import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { openDatabase } from '../../src/backend/store/open.ts';
import { startBackend, type Ask, type Backend } from '../api/backend.ts';

const Claims = z.record(z.string(), z.unknown());

let backend: Backend;
let user: Ask;
let claims: z.infer<typeof Claims>;
beforeAll(async () => {
  backend = await startBackend();
  user = await backend.user('holder@example.org', 'member', 'hospital', 100);
  claims = Claims.parse(JSON.parse(Buffer.from(user.token.split('.')[1] ?? '', 'base64url').toString()));
}, 180_000);
afterAll(() => backend.close());

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (header: unknown, payload: unknown, key: Buffer): string => {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
};
const HS256 = { alg: 'HS256', typ: 'JWT' };
const statusOf = async (token: string): Promise<number> => (await backend.as(token)('GET', '/me')).status;

describe('a token', () => {
  it('is taken as it was given', async () => {
    expect(await statusOf(user.token)).toBe(200);
  });

  it('without a signature is refused', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      expect(await statusOf(`${part({ alg, typ: 'JWT' })}.${part(claims)}.`)).toBe(401);
    }
  });

  it('signed with another key is refused', async () => {
    for (const key of [randomBytes(32), Buffer.alloc(32), Buffer.from('x')]) {
      expect(await statusOf(signed(HS256, claims, key))).toBe(401);
    }
  });

  it('with a changed payload is refused', async () => {
    const [header = '', , signature = ''] = user.token.split('.');
    const changed = part({ ...claims, sub: 'admin@example.org', role: 'project_admin' });
    expect(await statusOf(`${header}.${changed}.${signature}`)).toBe(401);
  });

  it('of another dashboard with the same key and the same session is refused', async () => {
    const secretKey = 'a key that two dashboards share';
    const [one, other] = [await startBackend({ secretKey }), await startBackend({ secretKey })];
    const [here, there] = [await openDatabase(one.database), await openDatabase(other.database)];
    const sessions = await here.reader.selectFrom('session').selectAll().execute();
    await there.write((trx) => trx.insertInto('session').values(sessions).execute());
    await Promise.all([here.close(), there.close()]);
    expect((await other.admin('GET', '/me')).status).toBe(200);
    expect((await other.as(one.admin.token)('GET', '/me')).status).toBe(401);
    await Promise.all([one.close(), other.close()]);
  });

  it('is refused after the log-out', async () => {
    const other = await backend.user('leaver@example.org', 'member', 'hospital', 100);
    expect(await statusOf(other.token)).toBe(200);
    expect((await other('POST', '/logout')).status).toBe(200);
    expect(await statusOf(other.token)).toBe(401);
  });
});
