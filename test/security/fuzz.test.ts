import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startBackend, type Backend } from '../api/backend.ts';
import { readApiDocument, understand, type ApiDocument } from '../api/document.ts';
import { NVIDIA_PREFIX } from '../../src/backend/http/public-address.ts';
import { openDatabase } from '../../src/backend/store/open.ts';
import type { Role } from '../../src/contract/roles.ts';
import { readOperations, type Operation } from './fuzzing/operations.ts';
import { requestsOf, type GeneratedRequest } from './fuzzing/requests.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_124);
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 3);
/** Of each operation in each round; those that hash passwords or make keys take a hundred times longer. */
const CHEAP = 8;
const COSTLY = 2;
const COSTLY_POSTS = /\/(?:blob|login|passphrase|unseal|users)$/;
/** Responses of a megabyte. */
const LONG_READS = /\/(?:openapi\.json|docs)$/;
const AT_ONCE = 4;

const IDENTITIES: readonly (readonly [string, Role | '', number])[] = [
  ['a stranger', '', 0],
  ['a pending org admin', 'org_admin', 0],
  ['a member', 'member', 100],
  ['a lead', 'lead', 100],
  ['an org admin', 'org_admin', 100],
  ['a project admin', 'project_admin', 100],
  ['a user denied since', 'org_admin', 100],
];

let backend: Backend;
let requests = 0;
let negatives = 0;
let successes = 0;
beforeEach(async () => {
  backend = await startBackend();
}, 180_000);
afterEach(() => backend.close());
afterAll(() => {
  process.stdout.write(
    `fuzz: ${requests} requests, ${negatives} of them not allowed by the document, ${successes} succeeded; seed ${SEED}\n`,
  );
});

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const asCurl = ({ method, path: target, type, body }: GeneratedRequest): string =>
  [
    `curl -X ${method} ${quoted(`$URL${target}`)} -H "Authorization: Bearer $TOKEN"`,
    ...(type === undefined ? [] : [`-H ${quoted(`content-type: ${type}`)}`]),
    ...(body === undefined ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(' ');

/** Sends one; gives what is wrong with the answer, undefined for nothing. */
const violationOf = async (
  request: GeneratedRequest,
  token: string,
  document: ApiDocument,
): Promise<string | undefined> => {
  const response = await fetch(`${backend.url}${request.path}`, {
    method: request.method,
    headers: {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(request.type === undefined ? {} : { 'content-type': request.type }),
    },
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  const body = await response.text();
  requests += 1;
  negatives += request.negative ? 1 : 0;
  successes += status < 300 ? 1 : 0;
  const violation = (what: string): string => `${what}\n${asCurl(request)}\n${body.slice(0, 500)}`;
  if (status >= 500) {
    return violation(`${status}`);
  }
  if (request.negative && status < 300) {
    return violation(`${status}, but the document does not allow this request`);
  }
  try {
    const json: unknown = type.startsWith('application/json') ? JSON.parse(body) : {};
    document.check({ method: request.method, path: request.path, status, type, json });
  } catch (error) {
    return violation(String(error));
  }
  return undefined;
};

const sendAll = async (
  all: readonly GeneratedRequest[],
  token: string,
  document: ApiDocument,
): Promise<readonly string[]> => {
  const violations: string[] = [];
  const left = all.values();
  const sender = async (): Promise<void> => {
    for (const request of left) {
      const violation = await violationOf(request, token, document);
      if (violation !== undefined) {
        violations.push(violation);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  return violations;
};

const isLogOut = ({ path: target }: Operation): boolean => target.endsWith('/logout');
/** The same routes, to which the backend leads the addresses of NVIDIA's dashboard. */
const isSecondAddress = ({ path: target }: Operation): boolean => target.startsWith(NVIDIA_PREFIX);

const generatedRequests = (operations: readonly Operation[], seed: number): readonly GeneratedRequest[] =>
  operations
    .filter((operation) => !isLogOut(operation) && !isSecondAddress(operation))
    .flatMap((operation) => {
      const { method, path: target } = operation;
      const costly = method === 'POST' ? COSTLY_POSTS.test(target) : LONG_READS.test(target);
      return fc.sample(requestsOf(operation), { seed, numRuns: costly ? COSTLY : CHEAP });
    });

/** Restores what earlier requests changed, so that later ones have an effect. */
const thaw = async (): Promise<void> => {
  const db = await openDatabase({ engine: 'sqlite', file: path.join(backend.folder, 'db.sqlite') });
  await db.write((trx) =>
    trx
      .updateTable('project')
      .set({ frozen: 0, public: 1, short_name: 'study', server1: 'server.example.org' })
      .execute(),
  );
  await db.close();
};

const tokenOf = async (index: number, round: number): Promise<string> => {
  const [, role = '', approval = 0] = IDENTITIES[index] ?? [];
  if (index === 0) {
    return '';
  }
  const user = await backend.user(`fuzz-${round}@example.org`, role, 'hospital', approval);
  if (index === IDENTITIES.length - 1) {
    await backend.admin('PATCH', `/users/${user.id}`, { approval_state: -1 });
  }
  return user.token;
};

describe('requests made from the API document', () => {
  it.each(IDENTITIES.map(([name], index) => [name, index] as const))(
    'as %s, are answered as the document says',
    async (_name, index) => {
      const operations = await readOperations(backend.url);
      const document = await readApiDocument(backend.url);
      await backend.admin('PATCH', '/project', { key_bits: 2048 });
      for (let round = 0; round < ROUNDS; round += 1) {
        await thaw();
        const token = await tokenOf(index, round);
        const all = generatedRequests(operations, SEED + 100 * index + round);
        expect(await sendAll(all, token, document)).toEqual([]);
      }
    },
    600_000,
  );

  it('were many', () => {
    expect(requests).toBeGreaterThanOrEqual(20_000);
  });

  it('are found wrong when the document is wrong', async () => {
    const right = await (await fetch(`${backend.url}/openapi.json`)).text();
    const wrong = understand(right.replaceAll('"401":', '"418":'));
    const operations = await readOperations(backend.url);
    const violations = await sendAll(generatedRequests(operations, SEED).slice(0, 200), '', wrong);
    expect(violations.join('\n')).toContain(
      '401 application/json; charset=utf-8: status is not in the document\ncurl -X ',
    );
  });
});
