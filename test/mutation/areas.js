/** Modules with a test beside them, an area each: every mutant loads all test files of its area. */
const PKI = [
  'certificate',
  'der',
  'distinguished-name',
  'extensions',
  'ip-address-bytes',
  'issue-leaf',
  'pem-key',
  'pki-error',
  'root-ca',
  'root-certificate',
  'root-key',
  'sealed-envelope',
  'sign-content',
  'validity',
];

/** What is mutated, and the fast unit tests that have to notice. */
export const AREAS = {
  authorization: {
    mutate: ['src/server/auth/authorization.ts'],
    tests: ['src/server/auth/authorization.test.ts'],
  },
  session: {
    mutate: ['src/server/auth/session-token.ts'],
    tests: ['src/server/auth/session-token.test.ts'],
  },
  download: {
    mutate: ['src/server/kits/*.ts', '!src/server/kits/*.test.ts', '!src/server/kits/workshop.ts'],
    tests: ['src/server/kits/*.test.ts'],
  },
  zip: { mutate: ['src/kits/zip*.ts', '!src/kits/*.test.ts'], tests: ['src/kits/zip.test.ts'] },
  keeper: { mutate: ['src/server/authority/keeper.ts'], tests: ['src/server/authority/*.test.ts'] },
  // Without the key worker: it runs in threads of its own, which no mutant reaches. `oids.ts` holds nothing to mutate.
  ...Object.fromEntries(
    PKI.map((name) => [
      `pki/${name}`,
      { mutate: [`src/pki/${name}.ts`], tests: [`src/pki/${name}.test.ts`] },
    ]),
  ),
};

/** The area that this process is about. */
export const area = AREAS[process.env.MUTATION_AREA ?? 'authorization'];
