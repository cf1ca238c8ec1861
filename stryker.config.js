export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: {
    config: {
      testEnvironment: 'node',
      extensionsToTreatAsEsm: ['.ts'],
      testMatch: ['<rootDir>/src/server/auth/{authorization,session-token}.test.ts'],
      testTimeout: 60_000,
      transform: {
        '^.+\\.ts$': [
          '@swc/jest',
          { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
        ],
      },
    },
    enableFindRelatedTests: true,
  },
  mutate: ['src/server/auth/{authorization,session-token}.ts'],
  coverageAnalysis: 'perTest',
  dryRunTimeoutMinutes: 15,
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: '.stryker',
  concurrency: 1,
};
