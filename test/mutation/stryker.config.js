import { area } from './areas.js';

export default {
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: { projectType: 'custom', configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
  mutate: area.mutate,
  coverageAnalysis: 'perTest',
  dryRunTimeoutMinutes: 15,
  // A busy machine must not pass for a mutant that hangs.
  timeoutMS: 30_000,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `reports/mutation/${process.env.MUTATION_AREA}.json` },
  tempDirName: '.stryker',
  concurrency: Number(process.env.MUTATION_PROCESSES ?? 2),
};
