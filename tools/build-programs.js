import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dictionary } from '@zxcvbn-ts/language-common';
import { build } from 'vite';
import { thirdPartyLicenses } from './third-party-licenses.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const MIN_PASSWORD_LENGTH = 8;
const MAX_CHUNK_KB = 2000;
/**
 * Only ssh:// engines and BuildKit sessions use the first four; neither is supported, and they have install scripts. The
 * others are the ACME library's older cryptography and uploads of forms.
 */
const UNUSED_PACKAGES = [
  'ssh2',
  '@grpc/grpc-js',
  '@grpc/proto-loader',
  'protobufjs',
  './crypto/forge',
  'form-data',
];
/** The HTTP library loads it at every start, for a protocol that the backend does not serve. */
const UNUSED_IN_BACKEND = ['node:http2'];
const EMPTY_MODULE = '\0empty-module';

const emptyModules = (unused) => ({
  name: 'empty-modules',
  enforce: 'pre',
  resolveId: (id) => (unused.includes(id) ? EMPTY_MODULE : undefined),
  load: (id) => (id === EMPTY_MODULE ? 'export default undefined;' : undefined),
});

/** Writes other characters as escapes: V8 keeps a source of ASCII alone in half the memory. */
const onlyAscii = {
  name: 'only-ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') {
        continue;
      }
      chunk.code = chunk.code.replace(
        /[^\0-\x7f]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

/** Lists the passwords that attackers try first, one a line, in lower case. */
const commonPasswords = {
  name: 'common-passwords',
  generateBundle() {
    const listed = dictionary.passwords
      .map((password) => password.toLowerCase())
      .filter((password) => password.length >= MIN_PASSWORD_LENGTH);
    const source = `${[...new Set(listed)].sort().join('\n')}\n`;
    this.emitFile({ type: 'asset', fileName: 'common-passwords.txt', source });
  },
};

/** Serves the scripts for sites as they are: one opens startup kits, one enrols a site. */
const scripts = {
  name: 'scripts',
  generateBundle() {
    for (const path of ['unpack/unpack_kit.py', 'enroll/enroll.py']) {
      const source = readFileSync(new URL(`../src/kits/${path}`, import.meta.url));
      this.emitFile({ type: 'asset', fileName: path.split('/')[1], source });
    }
  },
};

/** Lets Node read the `.js` files as CommonJS, which loads faster from the compile cache. */
const commonJs = {
  name: 'common-js',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

const PROGRAMS = [
  { folder: 'cli', names: ['main'], format: 'cjs', plugins: [emptyModules(UNUSED_PACKAGES), commonJs] },
  {
    folder: 'backend/entry',
    names: ['main', 'maintain', 'healthcheck', 'warm-up'],
    format: 'cjs',
    plugins: [emptyModules(UNUSED_IN_BACKEND), onlyAscii, commonPasswords, scripts, commonJs],
  },
];

/** Bundles a program with the packages it imports: what is published is what was tested, and few files load faster. */
const bundle = ({ folder, names, format, plugins }) =>
  build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    plugins: [...plugins, thirdPartyLicenses],
    ssr: { noExternal: true, external: ['better-sqlite3', 'koffi', 'pg-native'] },
    build: {
      ssr: true,
      outDir: `${root}dist/${folder}`,
      target: 'node22',
      minify: 'oxc',
      chunkSizeWarningLimit: MAX_CHUNK_KB,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, `${root}src/${folder}/${name}.ts`])),
        output: { format, entryFileNames: '[name].js', chunkFileNames: '[name].js', keepNames: true },
      },
    },
  });

for (const program of PROGRAMS) {
  await bundle(program);
}
