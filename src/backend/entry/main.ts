import { setFlagsFromString } from 'node:v8';
import { Bundle } from './bundle.ts';

const bundle = new Bundle(import.meta.dirname);
// What a start makes is mostly there to stay: room to sort out the rest would be kept, empty, ever after. The flag
// belongs to what kept code is checked by, so it comes after that was read.
setFlagsFromString('--semi-space-growth-factor=1');
bundle.load().runBackend((code) => process.exit(code));
