import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startBackend, type Backend } from '../api/backend.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await startBackend();
  expect((await backend.admin('PATCH', '/project', { public: true })).status).toBe(200);
}, 180_000);
afterAll(() => backend.close());

const signUp = (email: string, organization: string) =>
  backend.stranger('POST', '/users', {
    email,
    password: 'purple-kettle-58',
    role: 'org_admin',
    organization,
  });

it('names the organizations that a waiting one looks like in the inbox', async () => {
  await backend.user('ob@hosp-a.org', 'org_admin', 'Hospital_A', 100);
  for (const [number, name] of ['Hospita1_A', 'NVIDIA', 'Clinic'].entries()) {
    expect((await signUp(`applicant-${number}@x.org`, name)).status).toBe(201);
  }
  expect((await backend.admin('GET', '/inbox')).json['similar_organizations']).toEqual([
    { organization: 'Hospita1_A', similar: ['Hospital_A'] },
    { organization: 'NVIDIA', similar: ['nvidia'] },
  ]);
});
