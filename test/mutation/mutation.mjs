// `npm run mutation`: how many faults put into the code on purpose the unit tests find, area by area.
// `npm run mutation -- zip session pki`: these areas; `pki` stands for all that begin with `pki/`.
// `MUTATION_PROCESSES=1` leaves room on a machine that others use too.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, fail, root } from '../../bin/prepare.js';
import { AREAS } from './areas.js';

const FOUND = ['Killed', 'Timeout'];
const MISSED = ['Survived', 'NoCoverage'];

const everyArea = Object.keys(AREAS);
const asked = process.argv.length > 2 ? process.argv.slice(2) : everyArea;
const isOf = (name, wanted) => name === wanted || name.startsWith(`${wanted}/`);
const unknown = asked.find((wanted) => !everyArea.some((name) => isOf(name, wanted)));
if (unknown) {
  fail(`There is no area ${unknown}.`, `Choose of: ${everyArea.join(', ')}.`);
}
const names = everyArea.filter((name) => asked.some((wanted) => isOf(name, wanted)));
ensureInstalled();

/** @returns how many faults of the area were found, and how many there were */
const mutate = (name) => {
  const args = ['stryker', 'run', 'test/mutation/stryker.config.js'];
  const { status } = spawnSync('npx', args, {
    cwd: root,
    env: { ...process.env, MUTATION_AREA: name },
    stdio: 'inherit',
  });
  if (status !== 0) {
    fail(`The run over ${name} failed.`, 'See the lines above.');
  }
  const { files } = JSON.parse(readFileSync(join(root, 'reports', 'mutation', `${name}.json`), 'utf8'));
  const fates = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status: fate }) => fate));
  const found = fates.filter((fate) => FOUND.includes(fate)).length;
  return { name, found, all: found + fates.filter((fate) => MISSED.includes(fate)).length };
};

const lineOf = ({ name, found, all }) =>
  `${name}: ${found} of ${all} (${((100 * found) / all).toFixed(1)} %)`;

const scores = names.map(mutate);
const total = scores.reduce((sum, { found, all }) => ({ found: sum.found + found, all: sum.all + all }), {
  found: 0,
  all: 0,
});
for (const score of [...scores, { name: 'total', ...total }]) {
  process.stdout.write(`${lineOf(score)}\n`);
}
