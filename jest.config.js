// Of the whole run: in a project jest leaves it unread.
const TEST_TIMEOUT_MS = 240_000;
/** Modules of finished files stay in memory; the larger a process, the longer each program takes that it starts. */
const WORKER_MEMORY = '800MB';

/** @type {import('jest').Config} */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript', tsx: false } }, module: { type: 'es6' } },
    ],
  },
};

const project = (displayName, match) => ({ ...common, displayName, testMatch: [`<rootDir>/${match}`] });

export default {
  // A test waits about half of its time.
  maxWorkers: 3,
  workerIdleMemoryLimit: WORKER_MEMORY,
  testTimeout: TEST_TIMEOUT_MS,
  projects: [
    project('unit', 'src/**/*.test.ts'),
    project('architecture', 'test/architecture/**/*.test.ts'),
    project('api', 'test/api/**/*.test.ts'),
    project('engine', 'test/engine/**/*.test.ts'),
    project('e2e', 'test/e2e/**/*.test.ts'),
    project('browser', 'test/browser/**/*.test.ts'),
    project('interop', 'test/interop/**/*.test.ts'),
    project('security', 'test/security/**/*.test.ts'),
    project('cluster', 'test/cluster/**/*.test.ts'),
  ],
};
