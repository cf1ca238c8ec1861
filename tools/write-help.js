// Writes what the package ships of its help, from the commands as the built program knows them: the manual page, and the
// help of every command at the widths at which `bin/dashboard.js` prints it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WIDTHS = ['80', '100'];
const root = fileURLToPath(new URL('..', import.meta.url));

const print = (args, environment = {}) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [`${root}bin/dashboard.js`, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NVFL_CHECKOUT: '', ...environment },
  });
  if (status !== 0) {
    throw new Error(`\`dashboard ${args.join(' ')}\` failed: ${stderr}`);
  }
  return stdout;
};

for (const folder of ['man', 'help']) {
  rmSync(`${root}dist/${folder}`, { recursive: true, force: true });
  mkdirSync(`${root}dist/${folder}`);
}
writeFileSync(`${root}dist/man/dashboard.1`, print(['man-page']));
for (const COLUMNS of WIDTHS) {
  const texts = print(['man-page', '--help-texts'], { COLUMNS });
  // That of the whole program by itself: no other is asked for as often.
  writeFileSync(`${root}dist/help/${COLUMNS}.txt`, JSON.parse(texts)['']);
  writeFileSync(`${root}dist/help/${COLUMNS}.json`, texts);
}
