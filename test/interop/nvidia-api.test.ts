import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBackend, type Backend } from '../api/backend.ts';
import { prepareNvflare } from '../prepare/nvflare.js';
import { NvidiaDashboard } from './nvidia-dashboard.ts';
import { FIRST_ADMIN, REQUESTERS, Study, type Requester, type StudyRequest } from './same-study.ts';

const RELEASE = '2.9';
const MINUTE = 60_000;

const { environments, reason } = await prepareNvflare([RELEASE]);

type Line = readonly [method: string, path: string, body?: string, type?: string];
const requestOf = ([method, path, body, type]: Line): StudyRequest => ({
  method,
  path,
  ...(body === undefined ? {} : { body }),
  ...(type === undefined ? {} : { type }),
});

const PIN = '{"pin":"1234"}';

/** Requests to which both dashboards respond alike for every requester. */
const SAME: readonly Line[] = [
  ['GET', '/project'],
  ['GET', '/organizations'],
  ['GET', '/users'],
  ['GET', '/users/1'],
  ['GET', '/users/2'],
  ['GET', '/users/5'],
  ['GET', '/clients'],
  ['GET', '/clients/1'],
  ['PATCH', '/users/2', '{"description":"x"}'],
  ['PATCH', '/users/2', '{'],
  ['PATCH', '/users/2', '{}', 'text/plain'],
  ['PATCH', '/project', '{'],
  ['PATCH', '/project', '{}', 'text/plain'],
  ['PATCH', '/clients/1', '{"description":"x"}'],
  ['PATCH', '/clients/1', '{'],
  ['PATCH', '/clients/2', '{"description":"x"}'],
  ['PATCH', '/clients/2', '{"name":"clinic-1"}'],
  ['PATCH', '/clients/999', '{"description":"x"}'],
  ['DELETE', '/clients/999'],
  ['POST', '/clients/1/blob', PIN],
  ['POST', '/users/2/blob', PIN],
  ['POST', '/servers/1/blob', PIN],
  ['POST', '/servers/1/blob', '{'],
  ['POST', '/users', '{"email":"creator@example.org","password":"amber-Lantern-37"}'],
  ['POST', '/users', '{"email":"n@example.org","password":"amber-Lantern-37","role":"project_admin"}'],
  ['GET', '/nothing'],
  ['PUT', '/users'],
  ['DELETE', '/project'],
];

/** The same for a stranger only: nobody else is answered so in either dashboard. */
const SAME_FOR_STRANGERS: readonly Line[] = [
  ['POST', '/login', '{"email":"denied@example.org","password":"amber-Lantern-37"}'],
  ['POST', '/login', '{"email":"creator@example.org","password":"wrong"}'],
  ['PATCH', '/users/999', '{}'],
  ['DELETE', '/users/999'],
  ['DELETE', '/users/1x'],
  ['GET', '/clients/abc'],
  ['POST', '/clients/999/blob', PIN],
  ['POST', '/clients', '{'],
  ['POST', '/clients', '{}', 'application/xml'],
];

/** Differences on purpose: who, the request, what NVIDIA answers and what this dashboard does. */
const DIFFERENT: readonly (readonly [
  why: string,
  who: Requester,
  line: Line,
  theirs: string,
  ours: string,
])[] = [
  [
    'a refusal is no 200',
    'admin',
    ['PATCH', '/project', '{"short_name":"x"}'],
    '200 Project is frozen',
    '409 Project is frozen',
  ],
  [
    'a refusal is no 200',
    'creator',
    ['POST', '/clients/2/blob', PIN],
    '200 not approved yet',
    '403 not approved yet',
  ],
  [
    'a refusal is no 200',
    'pending',
    ['POST', '/users/5/blob', PIN],
    '200 not approved yet',
    '403 not approved yet',
  ],
  [
    'others do not learn who is approved',
    'otherSiteAdmin',
    ['POST', '/users/5/blob', PIN],
    '200 not approved yet',
    '403 unauthorized',
  ],
  [
    'others do not learn who is approved',
    'otherSiteAdmin',
    ['POST', '/clients/2/blob', PIN],
    '200 not approved yet',
    '403 unauthorized',
  ],
  ['pending sites are invisible to others', 'otherSiteAdmin', ['GET', '/clients/2'], '200 ok', '404 error'],
  ['what does not exist is no 200', 'admin', ['GET', '/users/999'], '200 ok', '404 error'],
  ['what does not exist is no 200', 'creator', ['GET', '/clients/999'], '200 ok', '404 error'],
  ['what does not exist is no 500', 'admin', ['PATCH', '/users/999', '{}'], '500 -', '404 error'],
  [
    'nothing is dropped silently',
    'creator',
    ['PATCH', '/clients/2', '{"approval_state":0}'],
    '200 ok',
    '403 unauthorized',
  ],
  [
    'nobody raises themselves',
    'creator',
    ['PATCH', '/users/2', '{"role":"project_admin"}'],
    '200 error',
    '400 invalid',
  ],
  [
    'sites are registered by their organization',
    'otherSiteAdmin',
    ['POST', '/clients', '{"name":"clinic-1","organization":"Clinic"}'],
    '409 conflicting',
    '403 unauthorized',
  ],
  ['a role comes before its body', 'colleague', ['POST', '/clients', '{'], '400 -', '403 unauthorized'],
  [
    'e-mails are the same in any case',
    'stranger',
    ['POST', '/users', '{"email":"CREATOR@example.org","password":"amber-Lantern-37"}'],
    '201 ok',
    '409 conflicting',
  ],
  ['a missing field is named', 'stranger', ['POST', '/login', '{}'], '401 unauthenticated', '400 invalid'],
  ['null is no object', 'stranger', ['POST', '/login', 'null'], '500 -', '400 bad request'],
  ['null is no object', 'creator', ['PATCH', '/users/2', 'null'], '500 -', '400 bad request'],
  [
    'a PIN that is none is named',
    'admin',
    ['POST', '/servers/1/blob', '{"pin":"12 34"}'],
    '500 -',
    '400 invalid',
  ],
];

describe.each(environments[RELEASE] === undefined ? [] : [environments[RELEASE]])(
  "the API beside NVIDIA's dashboard 2.9",
  (venv) => {
    const folder = mkdtempSync(join(tmpdir(), 'interop-api-'));
    let nvidia: NvidiaDashboard;
    let backend: Backend;
    let theirs: Study;
    let ours: Study;

    beforeAll(async () => {
      const { email, password, organization } = FIRST_ADMIN;
      nvidia = await NvidiaDashboard.start(venv, folder, {
        NVFL_CREDENTIAL: `${email}:${password}:${organization}`,
      });
      backend = await startBackend();
      theirs = await Study.create(nvidia.api);
      ours = await Study.create(`${backend.url}/nvflare-dashboard/api/v1`);
    }, 15 * MINUTE);

    afterAll(async () => {
      await nvidia.stop();
      await backend.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Answers of both to each requester; ours without a `status` where NVIDIA's body has none. */
    const compare = async (line: Line, requesters: readonly Requester[]) => {
      const request = requestOf(line);
      const [wanted, got]: string[][] = [[], []];
      for (const who of requesters) {
        const [their, our] = [await theirs.send(who, request), await ours.send(who, request)];
        wanted?.push(`${who}: ${their.code} ${their.status ?? ''}`);
        got?.push(`${who}: ${our.code} ${their.status === undefined ? '' : (our.status ?? '')}`);
      }
      return { wanted, got };
    };

    test.each(SAME)('answers every role as NVIDIA does: %s %s', async (...line) => {
      const { wanted, got } = await compare(line, REQUESTERS);
      expect(got).toEqual(wanted);
    });

    test.each(SAME_FOR_STRANGERS)('answers a stranger as NVIDIA does: %s %s', async (...line) => {
      const { wanted, got } = await compare(line, ['stranger']);
      expect(got).toEqual(wanted);
    });

    test.each(DIFFERENT)('differs on purpose, since %s (%s)', async (_why, who, line, wanted, got) => {
      const request = requestOf(line);
      const [their, our] = [await theirs.send(who, request), await ours.send(who, request)];
      expect(`${their.code} ${their.status ?? '-'}`).toBe(wanted);
      expect(`${our.code} ${our.status ?? '-'}`).toBe(got);
    });

    test.each([
      ['/project', 'project'],
      ['/users/2', 'user'],
      ['/clients/1', 'client'],
    ])('has all of NVIDIA’s keys and no foreign key in the answer to GET %s', async (path, key) => {
      const keys = Object.keys(await ours.read(path, key));
      expect(keys).toEqual(expect.arrayContaining(Object.keys(await theirs.read(path, key))));
      expect(keys.filter((name) => name.endsWith('_id'))).toEqual([]);
    });
  },
);

test('has NVIDIA’s dashboard at hand', () => {
  expect(reason).toBeUndefined();
});
