import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { backend, startStudy, stopStudy } from '../api/request-study.ts';
import { newKey, openSslRequest } from '../support/certificate-request.ts';
import { withhold } from './withheld-request.ts';

const NewToken = z.object({ token: z.string(), enrolment_token: z.object({ id: z.string() }) });
const Ledger = z.object({ kits: z.array(z.object({ common_name: z.string() })) });

beforeAll(() => startStudy(), 180_000);
afterAll(stopStudy);

const newToken = async (name: string) => {
  const body = { name, organization: 'hospital', name_pattern: '*', uses: 9, approval: 'at_once' };
  return NewToken.parse((await backend.admin('POST', '/enrolment-tokens', body)).json);
};

const certificatesOf = async (name: string): Promise<number> =>
  Ledger.parse((await backend.admin('GET', `/kits?q=${name}`)).json).kits.length;

const sites = async (name: string): Promise<unknown> =>
  (await backend.admin('GET', `/clients?q=${name}`)).json['client_list'];

/** As the program of another kind that writes to the same database. */
const inFile = (statement: string): void => {
  const db = new Database(join(backend.folder, 'db.sqlite'));
  db.exec(statement);
  db.close();
};

describe('an enrolment token that is ended', () => {
  it.each(['simpleenroll', 'simplereenroll'])(
    'before the body of %s arrives counts no more',
    async (path) => {
      const { token, enrolment_token } = await newToken(`late ${path}`);
      const name = `late-${path}`;
      const csr = openSslRequest(newKey(), `/CN=${name}`);
      const body = Buffer.from(csr).toString('base64');
      const basic = Buffer.from(`device:${token}`).toString('base64');
      const fields = [`authorization: Basic ${basic}`, 'content-type: application/pkcs10'];
      const withheld = await withhold(backend, '', ['POST', `/.well-known/est/${path}`], body, fields);
      expect((await backend.admin('DELETE', `/enrolment-tokens/${enrolment_token.id}`)).status).toBe(200);
      expect(await withheld.finish()).toBe(401);
      expect(await sites(name)).toEqual([]);
    },
  );

  it('while the certificate is signed gives none', async () => {
    const { token, enrolment_token } = await newToken('quick');
    inFile(`create trigger end_token after insert on certificate_request begin
      update enrolment_token set ended_at = '2026-01-01 00:00:00.000000' where id = '${enrolment_token.id}'; end`);
    const request = Buffer.from(openSslRequest(newKey(), '/CN=quick-1')).toString('base64');
    const { status } = await backend.as(token)('POST', '/enrolments', { request });
    inFile('drop trigger end_token');
    expect([status, await certificatesOf('quick-1')]).toEqual([401, 0]);
  });
});
