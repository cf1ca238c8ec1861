// The figures as a table for people (Markdown), both dashboards side by side.
import { ratio } from './fair.mjs';

const number = (value, digits = 1) => (value === undefined ? '–' : value.toFixed(value >= 100 ? 0 : digits));

const rate = (figure) =>
  figure === undefined
    ? '–'
    : `${number(figure.per_second)}/s, p50 ${number(figure.p50_ms)} ms, p99 ${number(figure.p99_ms)} ms` +
      (figure.failures === undefined ? '' : `, not answered: ${JSON.stringify(figure.failures)}`);

const watched = (figure) =>
  figure === undefined
    ? '–'
    : `p50 ${number(figure.p50_ms)} ms, p99 ${number(figure.p99_ms)} ms, ${figure.failed} failed`;

/** Rows of which a ratio is said: what is read is the same kind of load on both sides. */
const LOADS = [
  ['log-ins, 1 at once', (f) => f.logins.at_1],
  ['log-ins, 8 at once', (f) => f.logins.at_8],
  ['one object, 1 at once', (f) => f.read_one.at_1],
  ['one object, 16 at once', (f) => f.read_one.at_16],
  ['whole list of 1,000, 1 at once', (f) => f.read_list.at_1],
  ['whole list of 1,000, 16 at once', (f) => f.read_list.at_16],
  ['writes, 16 at once', (f) => f.writes_at_16],
  ['HTTPS: one object, 8 at once', (f) => f.https['one object, 8 at once']],
  ['HTTPS: list of 100, 8 at once', (f) => f.https['list of 100, 8 at once']],
];

const ROWS = [
  ['start to first answer', (f) => `${number(f.start_ms)} ms`],
  ['memory, idle', (f) => `${number(f.idle_mib)} MiB`],
  ['memory, peak without kits', (f) => `${number(f.peak_without_kits_mib)} MiB`],
  ['memory, peak', (f) => `${number(f.peak_mib)} MiB`],
  ['password hashes of the machine', (f) => `${number(f.logins.machine_hashes_per_second)}/s`],
  ...[1, 8, 32].flatMap((atOnce) => [
    [`kits, ${atOnce} at once, stock full`, (f) => rate(f.kits[`at_${atOnce}`]?.warm)],
    [`kits, ${atOnce} at once, stock empty`, (f) => rate(f.kits[`at_${atOnce}`]?.exhausted)],
  ]),
  [
    'RSA pairs of the machine',
    (f) => `${number(f.kits.machine_keys_per_second)}/s (${f.kits.key_bits} bits)`,
  ],
  ['reads while 8 kits are made', (f) => watched(f.reads_while_8_kits)],
  [
    'kits asked for at once',
    (f) => `${f.rush.kits.responses} of ${f.rush.kits.at_once}: ${rate(f.rush.kits)}`,
  ],
  ['health meanwhile', (f) => watched(f.rush.health)],
];

const KIT_ROWS = [1, 8, 32].flatMap((atOnce) => [
  [`kits, ${atOnce} at once, stock full`, `at_${atOnce}`, 'warm'],
  [`kits, ${atOnce} at once, stock empty`, `at_${atOnce}`, 'exhausted'],
]);

/** @returns the table's lines */
export const tableOf = ({ machine, ours, original, ours_default_size, goals }) => {
  const lines = [
    `${machine.date.slice(0, 10)}, ${machine.cores} × ${machine.processor}, ${machine.memory_gib.toFixed(0)} GiB, Node ${machine.node}`,
    '',
    '| | ours | NVIDIA | ratio |',
    '| --- | --- | --- | --- |',
  ];
  const both = original.why === undefined;
  for (const [name, read] of LOADS) {
    const compared = both ? ratio(read(ours), read(original), (load) => load.per_second) : '–';
    lines.push(`| ${name} | ${rate(read(ours))} | ${both ? rate(read(original)) : '–'} | ${compared} |`);
  }
  lines.push(`| page of 25 out of 1,000, 16 at once | ${rate(ours.read_page.at_16)} | has no pages | – |`);
  for (const [name, show] of ROWS) {
    lines.push(`| ${name} | ${show(ours)} | ${both ? show(original) : '–'} | – |`);
  }
  if (original.why !== undefined) {
    lines.push('', `NVIDIA's dashboard was left out: ${original.why}`);
  }
  const kits = ours_default_size;
  lines.push(
    '',
    `Ours with keys of ${kits.key_bits} bits (machine: ${number(kits.machine_keys_per_second)} pairs/s):`,
  );
  lines.push('', '| | ours |', '| --- | --- |');
  for (const [name, at, state] of KIT_ROWS) {
    lines.push(`| ${name} | ${rate(kits[at]?.[state])} |`);
  }
  lines.push('', '| goal | ours | wanted | |', '| --- | --- | --- | --- |');
  for (const { goal, ours: value, wanted, met } of goals) {
    lines.push(`| ${goal} | ${value} | ${wanted} | ${met ? 'met' : 'missed'} |`);
  }
  return lines;
};

const kitsOf = (figure) =>
  figure.why === undefined
    ? `p50 ${number(figure.p50_ms)} ms, p99 ${number(figure.p99_ms)} ms, ${figure.responses} kits, ${figure.failed ?? 0} failed`
    : `left out: ${figure.why}`;

/** @returns the lines of the kits of one morning */
export const morningTable = ({ mornings }) => [
  '| 30 sites and 60 people download after the freeze | ours | NVIDIA | p50, ratio |',
  '| --- | --- | --- | --- |',
  ...mornings.map(({ bits, ours, original }) => {
    const compared =
      original.why === undefined ? ratio(original, ours, (figure) => figure.p50_ms) : original.why;
    return `| keys of ${bits} bits | ${kitsOf(ours)} | ${kitsOf(original)} | ${compared} |`;
  }),
  '',
  ...mornings.map(
    ({ bits, ours }) =>
      `Key pairs of ${bits} bits for all 90 were ready ${number(ours.ahead_seconds)} s after the freeze.`,
  ),
];
