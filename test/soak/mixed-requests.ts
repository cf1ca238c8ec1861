import type { Question } from './backend-process.ts';

/** Whole numbers below a bound, the same ones for the same seed (a linear congruential generator). */
export const numbersOf = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const PASSWORD = 'correct-horse-battery';
const ORGANIZATIONS = ['hospital', 'university', 'laboratory'] as const;
const ROLES = ['org_admin', 'lead', 'member'] as const;
const READS = [
  '/project',
  '/organizations',
  '/users',
  '/clients',
  '/clients?limit=5&q=site&sort=-name',
  '/kits',
  '/audit?limit=20',
  '/inbox',
  '/me',
  '/ca',
  '/health',
  '/ready',
] as const;

type Random = (below: number) => number;
type Make = (random: Random, count: number) => Omit<Question, 'token'>;

const oneOf = <T>(random: Random, all: readonly [T, ...T[]]): T => all[random(all.length)] ?? all[0];

/** Requests as people and scripts make them, each with how often it comes. */
const MAKERS: readonly (readonly [weight: number, make: Make])[] = [
  [10, (random) => ({ method: 'GET', path: oneOf(random, READS) })],
  [3, (random) => ({ method: 'GET', path: `/clients/${random(60)}` })],
  [3, (random) => ({ method: 'GET', path: `/users/${random(40)}` })],
  [
    4,
    (random, count) => ({
      method: 'POST',
      path: '/users',
      body: {
        email: `user-${count}@example.org`,
        password: PASSWORD,
        name: `User ${count}`,
        organization: oneOf(random, ORGANIZATIONS),
        role: oneOf(random, ROLES),
      },
    }),
  ],
  [
    6,
    (random, count) => ({
      method: 'POST',
      path: '/clients',
      body: { name: `site-${count}`, organization: oneOf(random, ORGANIZATIONS) },
    }),
  ],
  [
    2,
    (random) => ({
      method: 'POST',
      path: '/login',
      body: { email: `user-${random(60)}@example.org`, password: PASSWORD },
    }),
  ],
  [
    2,
    (_random, count) => ({
      method: 'POST',
      path: '/login',
      body: { email: `nobody-${count}@example.org`, password: 'x' },
    }),
  ],
  [
    4,
    (random, count) => ({
      method: 'PATCH',
      path: `/users/${1 + random(40)}`,
      body: { description: `seen ${count}` },
    }),
  ],
  [4, (random) => ({ method: 'PATCH', path: `/clients/${1 + random(60)}`, body: { approval_state: 100 } })],
  [
    2,
    (random, count) => ({
      method: 'PATCH',
      path: `/clients/${1 + random(60)}`,
      body: { name: `renamed-${count}` },
    }),
  ],
  [2, (random) => ({ method: 'DELETE', path: `/clients/${1 + random(60)}` })],
  [1, (random) => ({ method: 'DELETE', path: `/users/${10 + random(40)}` })],
  [4, (random) => ({ method: 'POST', path: `/clients/${1 + random(60)}/blob`, body: { pin: 'abcd2345' } })],
  [2, (random) => ({ method: 'POST', path: `/users/${1 + random(8)}/blob`, body: {} })],
  [2, () => ({ method: 'POST', path: '/servers/1/blob', body: {} })],
  [
    1,
    (random) => ({
      method: 'POST',
      path: '/approvals',
      body: { decision: 'pending', users: [5 + random(30)], clients: [1 + random(60)] },
    }),
  ],
  [1, (_random, count) => ({ method: 'PATCH', path: '/project', body: { title: `Study ${count}` } })],
  [1, () => ({ method: 'PATCH', path: '/project', body: { frozen: true } })],
];
const ALL = MAKERS.flatMap(([weight, make]) => Array.from({ length: weight }, () => make));

/** The next request of a mixed load; `count` makes its names differ from those of all others. */
export const mixedRequest = (random: Random, count: number): Omit<Question, 'token'> =>
  ALL[random(ALL.length)]?.(random, count) ?? { method: 'GET', path: '/health' };
