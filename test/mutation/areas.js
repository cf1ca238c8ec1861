const FIELDS = 'src/pki/{der,ip-address-bytes,validity,distinguished-name,extensions}';
const CERTIFICATES = 'src/pki/{oids,certificate,root-certificate,root-ca,issue-leaf}';
const ROOT_KEY = 'src/pki/{pki-error,pem-key,sealed-envelope,root-key,sign-content}';

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
  // The key worker runs in threads of its own, which no mutant reaches; `certificates.test.ts` makes large keys.
  // Three areas, as every mutant loads all test files of its area.
  'certificate-fields': { mutate: [`${FIELDS}.ts`], tests: [`${FIELDS}.test.ts`] },
  certificates: { mutate: [`${CERTIFICATES}.ts`], tests: [`${CERTIFICATES}.test.ts`] },
  'root-key': { mutate: [`${ROOT_KEY}.ts`], tests: [`${ROOT_KEY}.test.ts`] },
};

/** The area that this process is about. */
export const area = AREAS[process.env.MUTATION_AREA ?? 'authorization'];
