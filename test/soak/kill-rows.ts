import { killWhileIssuing } from './kill-while-issuing.ts';
import { killWhileWriting } from './kill-while-writing.ts';
import type { Row } from './row.ts';
import { percentile } from './sample.ts';

const PLAN = { rounds: 1000, milliseconds: 45 * 60_000 } as const;

/** Rows about a backend that is killed. */
export const KILL_ROWS: readonly Row[] = [
  {
    area: 'durability',
    promise: 'an answered write is there after kill -9: SQLite WAL, synchronous=FULL',
    figure:
      'kill -9 1,000 times under load: 0 acknowledged writes lost, integrity_check ok, ready again < 2 s',
    shown: {
      name: 'kill-writes',
      measure: async () => {
        const { rounds, acknowledged, lost, damage, refused, ready } = await killWhileWriting(PLAN);
        const slowest = Math.max(...ready);
        return {
          figure:
            `${rounds} kills, ${acknowledged} acknowledged writes, ${lost.length} lost, ${damage.length} times damaged, ` +
            `${refused.length} refused, ready again median ${percentile(ready, 0.5).toFixed(0)} ms, max ${slowest.toFixed(0)} ms`,
          met: rounds === PLAN.rounds && lost.length + damage.length + refused.length === 0 && slowest < 2000,
        };
      },
    },
  },
  {
    area: 'certificates',
    promise: 'the ledger row is there before the signature leaves',
    figure: 'kill -9 while issuing 1,000 times: 0 certificates without a row',
    shown: {
      name: 'kill-issuing',
      measure: async () => {
        const { rounds, left, missing, damage } = await killWhileIssuing(PLAN);
        return {
          figure: `${rounds} kills, ${left} certificates left, ${missing.length} without a row, ${damage.length} times damaged`,
          met: rounds === PLAN.rounds && missing.length + damage.length === 0,
        };
      },
    },
  },
];
