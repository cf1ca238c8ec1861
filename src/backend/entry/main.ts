import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// Filled when the image is built: compiling takes longer than the rest of a start.
enableCompileCache(join(import.meta.dirname, '.compile-cache'));
void import('./backend.ts').then(({ runBackend }) => {
  // Keep the young generation small while starting: most of what a start allocates survives.
  // Only after the import, since V8 rejects cached code that was compiled under other flags.
  setFlagsFromString('--semi-space-growth-factor=1');
  runBackend((code) => process.exit(code));
});
