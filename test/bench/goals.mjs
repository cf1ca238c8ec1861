// Goals of the figures, a line each: measured, wanted, met or not.
import { notComparable } from './fair.mjs';

const round = (value) => Number(value.toFixed(value >= 100 ? 0 : 1));

/** Ours against a limit that is known; `most` says that less is better. */
const limit = (goal, ours, wanted, { most = false, unit = '' } = {}) => ({
  goal,
  ours: round(ours),
  wanted: `${most ? 'at most' : 'at least'} ${round(wanted)}${unit}`,
  met: most ? ours <= wanted : ours >= wanted,
});

const SHARE = 0.85;

/** What a person at a terminal waits for. */
const ofCommands = ({ bare_node_ms, help_ms, status_ms }) => [
  limit('`--help`: bare Node × 1.6', help_ms, bare_node_ms * 1.6, { most: true, unit: ' ms' }),
  limit('`status`', status_ms, 500, { most: true, unit: ' ms' }),
];

const alone = ({ ours, ours_default_size }) => {
  const machine = (kits) => (kits.machine_keys_per_second + kits.machine_keys_per_second_after) / 2;
  const exhausted = [ours.kits, ours_default_size].flatMap((kits) =>
    [8, 32].map((atOnce) =>
      limit(
        `kits/s, stock empty, ${atOnce} at once, ${kits.key_bits} bits: the machine's key rate less 15 %`,
        kits[`at_${atOnce}`].exhausted.per_second,
        machine(kits) * SHARE,
      ),
    ),
  );
  const rush = ours.rush.kits;
  return [
    limit(
      "log-ins/s, 8 at once: the machine's scrypt rate less 15 %",
      ours.logins.at_8.per_second,
      ours.logins.machine_hashes_per_second * SHARE,
    ),
    ...exhausted,
    limit('kit from stock, one at a time, p50', ours.kits.at_1.warm.p50_ms, 20, { most: true, unit: ' ms' }),
    limit('reads while 8 kits are made, p99', ours.reads_while_8_kits.p99_ms, 50, {
      most: true,
      unit: ' ms',
    }),
    limit(`health while ${rush.at_once} kits are asked for, p99`, ours.rush.health.p99_ms, 200, {
      most: true,
      unit: ' ms',
    }),
    limit(`kits answered of ${rush.at_once} asked for at once`, rush.responses, rush.at_once),
  ];
};

/** Ours against a multiple of NVIDIA's; never met where either side refused some of the work. */
const times = (goal, factor, ours, original) => {
  const why = notComparable(ours, original);
  return why === undefined
    ? limit(`${goal}: NVIDIA's × ${factor}`, ours.per_second, factor * original.per_second)
    : { goal, ours: '–', wanted: `not comparable: ${why}`, met: false };
};

const TIMES = [
  ['one object/s, 1 at once', 10, (f) => f.read_one.at_1],
  ['one object/s, 16 at once', 10, (f) => f.read_one.at_16],
  ['list of 1,000/s, 1 at once', 10, (f) => f.read_list.at_1],
  ['list of 1,000/s, 16 at once', 10, (f) => f.read_list.at_16],
  ['writes/s, 16 at once', 10, (f) => f.writes_at_16],
  ['kits/s from stock, one at a time', 20, (f) => f.kits.at_1.warm],
];

const compared = ({ ours, original }) => [
  limit("start: NVIDIA's / 5", ours.start_ms, original.start_ms / 5, { most: true, unit: ' ms' }),
  limit("idle memory: NVIDIA's / 2", ours.idle_mib, original.idle_mib / 2, { most: true, unit: ' MiB' }),
  ...TIMES.map(([name, factor, read]) => times(name, factor, read(ours), read(original))),
  ...Object.entries(ours.https).map(([name, figure]) =>
    times(`${name}/s over HTTPS`, 5, figure, original.https[name]),
  ),
  limit("entries of the whole list: as many as NVIDIA's", ours.list_entries, original.list_entries),
];

/** All goals, met or missed; those against NVIDIA's dashboard only when it was measured. */
export const goalsOf = (figures) => [
  ...(figures.original.why === undefined ? compared(figures) : []),
  ...alone(figures),
  ...ofCommands(figures.commands),
];
