// `npm run mutation`: how many faults put into the code on purpose the unit tests find.
export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: { projectType: 'custom', configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
  mutate: [
    'src/server/auth/{authorization,session-token}.ts',
    'src/server/authority/keeper.ts',
    'src/server/kits/*.ts',
    'src/pki/*.ts',
    'src/kits/zip*.ts',
    '!src/**/*.test.ts',
    // Runs in threads of its own, which no mutant reaches.
    '!src/pki/key-worker.ts',
  ],
  coverageAnalysis: 'perTest',
  dryRunTimeoutMinutes: 15,
  reporters: ['clear-text'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: '.stryker',
  concurrency: 2,
};
