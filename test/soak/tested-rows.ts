import { runTestsWithEngine } from './engine.ts';
import type { Row } from './row.ts';
import { runTests, type TestRun } from './run-tests.ts';

const MAX_DIFFERENCE_MS = 5;
const MAX_HEALTH_MS = 200;

interface Promised extends TestRun {
  readonly name: string;
  readonly area: string;
  readonly promise: string;
  readonly figure: string;
  /** Its tests start containers. */
  readonly containers?: boolean;
}

const row = ({ name, area, promise, figure, containers, ...run }: Promised): Row => ({
  area,
  promise,
  figure,
  shown: { name, measure: () => (containers ? runTestsWithEngine(run) : runTests(run)) },
});

const numbers = (text: string, pattern: RegExp): readonly number[] =>
  [...text.matchAll(pattern)].map((match) => Number(match[1]));

/** Promises that tests show; the soak runs those tests, some of them longer than a test run does. */
export const TESTED_ROWS: readonly Row[] = [
  {
    name: 'authorization',
    area: 'who may do what',
    promise:
      'a table role × approval state × own/other organization × operation; a route without a row fails',
    figure: '≥ 900 cells, 0 unexpected',
    tests: ['test/security/authorization.test.ts'],
  },
  {
    name: 'tenants',
    area: 'tenants',
    promise: "an org admin sees and touches only the own organization's sites and users",
    figure: '0 foreign objects in 10,000 generated states',
    tests: ['test/security/tenants.test.ts'],
    environment: { TENANT_STATES: '10000' },
  },
  {
    name: 'log-in',
    area: 'log-in',
    promise: 'unknown and known e-mail indistinguishable',
    figure: 'difference of medians < 5 ms over 500; same body',
    tests: ['test/security/timing.test.ts'],
    environment: { LOGIN_PAIRS: '500' },
    about: 'log-in',
    meets: (figures: string) => {
      const [known = NaN, unknown = NaN] = numbers(figures, /([\d.]+) ms/g);
      return Math.abs(known - unknown) < MAX_DIFFERENCE_MS;
    },
  },
  {
    name: 'brute-force',
    area: 'brute force',
    promise:
      '5 failures per account and address in 15 min, then 429 with Retry-After; parallel guesses counted',
    figure: '100 parallel guesses: at most 5 verified',
    tests: ['test/security/timing.test.ts'],
    about: 'brute force',
  },
  {
    name: 'tokens',
    area: 'tokens',
    promise: 'algorithm fixed, revoked on log-out and password change',
    figure: 'none-algorithm, wrong key, old, foreign tokens: 401',
    tests: ['test/security/tokens.test.ts', 'src/backend/auth/session-token.test.ts'],
  },
  {
    name: 'input',
    area: 'input',
    promise: 'every body, parameter and header against a schema',
    figure: '≥ 20,000 generated requests: 0 5xx, 0 undocumented statuses',
    tests: ['test/security/fuzz.test.ts'],
    environment: { FUZZ_ROUNDS: '7' },
  },
  {
    name: 'mass-assignment',
    area: 'mass assignment',
    promise: 'unknown and forbidden fields refused',
    figure: 'role_id, password_hash, root_key, approval_state, __proto__',
    tests: ['test/security/mass-assignment.test.ts'],
  },
  {
    name: 'secrets',
    area: 'secrets',
    promise: 'passphrase, admin password, JWT key, database password, PIN, private keys stay inside',
    figure: 'five canaries, 0 hits',
    tests: ['test/e2e/secrets.test.ts'],
    containers: true,
  },
  {
    name: 'root-key',
    area: 'CA key at rest',
    promise: 'scrypt and AES-256-GCM under a passphrase; the legacy encryption is read and wrapped anew',
    figure: 'wrong passphrase: refused at start, database untouched',
    tests: [
      'src/pki/root-key.test.ts',
      'src/backend/root-ca/root-ca-keeper.test.ts',
      'test/e2e/passphrase.test.ts',
    ],
    containers: true,
  },
  {
    name: 'kits',
    area: 'kits',
    promise: "PIN of ≥ 60 bits unless the client's own, file names as in RFC 6266",
    figure: '`../`, quotes, CRLF in names refused at sign-up already',
    tests: [
      'src/contract/names.test.ts',
      'src/backend/kits/generated-pin.test.ts',
      'src/backend/kits/content-disposition.test.ts',
      'test/api/kits.test.ts',
    ],
  },
  {
    name: 'releases',
    area: 'NVFLARE',
    promise: 'kits of every supported release register with each other, run jobs, and refuse foreign ones',
    figure: '2.9, 2.8, 2.7, 2.6 and 2.5, projects of NVIDIA’s dashboards from 2.2 on',
    tests: [
      'test/interop/plain-federation.test.ts',
      'test/interop/adopted-project.test.ts',
      'test/interop/own-keys.test.ts',
      'test/interop/revocation.test.ts',
      'test/interop/root-renewal.test.ts',
      'test/interop/high-availability.soak.test.ts',
    ],
    environment: { NVFLARE_RELEASES: 'all' },
  },
  {
    name: 'accessibility',
    area: 'page',
    promise: 'axe finds nothing on any page, for anybody, in either language looked at',
    figure: '0 violations of WCAG 2.2 AA',
    tests: ['test/browser/accessibility.test.ts'],
    environment: { AXE_LANGUAGES: 'all' },
  },
  {
    name: 'est-client',
    area: 'certificates',
    promise: 'EST as somebody else’s client speaks it',
    figure: 'enrolment and renewal with GlobalSign’s estclient',
    tests: ['test/interop/est-client.soak.test.ts'],
  },
  {
    name: 'chart',
    area: 'deployments',
    promise: 'the Helm chart is linted, rendered and compared with the backend',
    figure: 'every value',
    tests: ['test/cluster/helm-chart.soak.test.ts'],
  },
  {
    name: 'rootless',
    area: 'container',
    promise: 'the dashboard runs on a rootless engine',
    figure: 'start, files, backup, stop',
    tests: ['test/e2e/rootless.soak.test.ts'],
    containers: true,
  },
  {
    name: 'audit',
    area: 'audit',
    promise: 'every state change exactly one row, in the same transaction',
    figure: 'audit insert made to fail: the change is rolled back',
    tests: ['test/security/audit.test.ts'],
  },
  {
    name: 'headers',
    area: 'headers',
    promise: 'CSP, nosniff, frame-ancestors none, referrer-policy, HSTS under HTTPS, no-store on API answers',
    figure: '100 % of routes × statuses',
    tests: ['test/security/headers.test.ts'],
  },
  {
    name: 'errors',
    area: 'errors',
    promise: 'bodies of errors carry a request id and nothing of the inside; fuzzed',
    figure: '0 answers off the document, 0 5xx',
    tests: ['test/security/fuzz.test.ts', 'test/security/locked-database.test.ts'],
  },
  {
    name: 'container',
    area: 'container',
    promise: 'non-root, read-only root, no capabilities, no-new-privileges, limits, health check',
    figure: 'field by field from inspect',
    tests: ['test/engine/container.test.ts'],
    containers: true,
  },
  {
    name: 'tls-versions',
    area: 'TLS',
    promise: '1.2 and 1.3 only',
    figure: '1.0 and 1.1 refused, 1.2 and 1.3 spoken; no cipher without authenticated encryption',
    tests: ['test/security/tls.test.ts'],
  },
  {
    name: 'costly-work',
    area: 'load',
    promise: '/health answers while 200 kits are asked for at once; too much gets 503 with Retry-After',
    figure: '/health p99 < 200 ms',
    tests: ['test/security/costly-work.test.ts'],
    meets: (figures: string) => {
      const [p99 = NaN] = numbers(figures, /\/health p99 ([\d.]+) ms/g);
      return p99 < MAX_HEALTH_MS;
    },
  },
].map(row);
