import type { Row } from './row.ts';

const tested = (area: string, promise: string, figure: string, test: string): Row => ({
  area,
  promise,
  figure,
  shown: { test },
});

/** Promises whose figures need no longer than a test run. */
export const TESTED_ROWS: readonly Row[] = [
  tested(
    'who may do what',
    'a table role × approval state × own/other organization × operation; a route without a row fails',
    '≥ 900 cells, 0 unexpected',
    'test/security/authorization.test.ts',
  ),
  tested(
    'tenants',
    "an org admin sees and touches only the own organization's sites and users",
    '0 foreign objects in 10,000 generated states',
    'test/security/tenants.test.ts',
  ),
  tested(
    'log-in',
    'unknown and known e-mail indistinguishable',
    'difference of medians < 5 ms over 500; same body',
    'test/security/timing.test.ts',
  ),
  tested(
    'tokens',
    'algorithm fixed, revoked on log-out and password change',
    'none-algorithm, wrong key, old, foreign tokens: 401',
    'test/security/tokens.test.ts',
  ),
  tested(
    'input',
    'every body, parameter and header against a schema',
    '≥ 20,000 generated requests: 0 5xx, 0 undocumented statuses',
    'test/security/fuzz.test.ts',
  ),
  tested(
    'mass assignment',
    'unknown and forbidden fields refused',
    'role_id, password_hash, root_key, approval_state, __proto__',
    'test/security/mass-assignment.test.ts',
  ),
  tested(
    'secrets',
    'passphrase, admin password, JWT key, database password, PIN, private keys stay inside',
    'five canaries, 0 hits',
    'test/e2e/secrets.test.ts',
  ),
  tested(
    'audit',
    'every state change exactly one row, in the same transaction',
    'audit insert made to fail: the change is rolled back',
    'test/security/audit.test.ts',
  ),
  tested(
    'headers',
    'CSP, nosniff, frame-ancestors none, referrer-policy, HSTS under HTTPS, no-store on API answers',
    '100 % of routes × statuses',
    'test/security/headers.test.ts',
  ),
  tested(
    'container',
    'non-root, read-only root, no capabilities, no-new-privileges, limits, health check',
    'field by field from inspect',
    'test/engine/container.test.ts',
  ),
];
