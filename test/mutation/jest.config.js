/** The fast unit tests alone, as one project: with several, each test would run once for every one of them. */
export default {
  rootDir: '../..',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: [
    '<rootDir>/src/server/{auth,authority,kits}/*.test.ts',
    '<rootDir>/src/pki/*.test.ts',
    '<rootDir>/src/kits/zip.test.ts',
  ],
  testTimeout: 60_000,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};
