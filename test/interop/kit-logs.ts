import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const TAIL = 2500;
const NAMES = ['log.txt', 'console.log', 'keeper.log', 'foreground.log'];

/** The text of a log file, or nothing while there is none. */
export const log = (kit: string, name: string): string =>
  existsSync(join(kit, name)) ? readFileSync(join(kit, name), 'utf8') : '';

/** The ends of all log files of kits, for the message of a failed test. */
export const tails = (kits: readonly string[]): string =>
  kits
    .flatMap((kit) => NAMES.map((name) => ({ title: `${basename(kit)}/${name}`, text: log(kit, name) })))
    .filter(({ text }) => text !== '')
    .map(({ title, text }) => `--- ${title}\n${text.slice(-TAIL)}`)
    .join('\n');
