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
  // The key worker runs in threads of its own, which no mutant reaches.
  pki: {
    mutate: ['src/pki/*.ts', '!src/pki/*.test.ts', '!src/pki/key-*.ts'],
    tests: ['src/pki/{certificates,root-key,sign-content}.test.ts'],
  },
};

/** The area that this process is about. */
export const area = AREAS[process.env.MUTATION_AREA ?? 'authorization'];
