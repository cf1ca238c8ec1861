// Lets Node run the tests' TypeScript as it is: `node --import ./test/soak/typescript.mjs file.ts`.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
