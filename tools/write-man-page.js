// Writes the manual page that the package ships, from the commands as the built program knows them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { stdout, stderr, status } = spawnSync(process.execPath, [`${root}bin/dashboard.js`, 'man-page'], {
  encoding: 'utf8',
});
if (status !== 0) {
  throw new Error(`The manual page could not be written: ${stderr}`);
}
mkdirSync(`${root}dist/man`, { recursive: true });
writeFileSync(`${root}dist/man/dashboard.1`, stdout);
