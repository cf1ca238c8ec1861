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

/** Mutated files, and the fast unit tests that have to notice. */
export const AREAS = {
  authorization: {
    mutate: ['src/backend/auth/authorization.ts'],
    tests: ['src/backend/auth/authorization.test.ts'],
  },
  session: {
    mutate: ['src/backend/auth/session-token.ts'],
    tests: ['src/backend/auth/session-token.test.ts'],
  },
  download: {
    mutate: ['src/backend/kits/*.ts', '!src/backend/kits/*.test.ts', '!src/backend/kits/kit-resources.ts'],
    tests: ['src/backend/kits/*.test.ts'],
  },
  zip: { mutate: ['src/kits/zip*.ts', '!src/kits/*.test.ts'], tests: ['src/kits/zip.test.ts'] },
  keeper: { mutate: ['src/backend/root-ca/root-ca-keeper.ts'], tests: ['src/backend/root-ca/*.test.ts'] },
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
