import { expect, it } from '@jest/globals';
import { killWhileIssuing } from '../soak/kill-while-issuing.ts';

it('lets no certificate leave that the ledger does not know, however it is killed', async () => {
  const { rounds, left, ...wrong } = await killWhileIssuing({ rounds: 25, milliseconds: 40_000 });
  process.stdout.write(
    `issuing: ${rounds} kills, ${left} certificates left, ${wrong.missing.length} without a row\n`,
  );
  expect(wrong).toEqual({ missing: [], damage: [], silent: 0 });
  expect(left).toBeGreaterThan(0);
}, 150_000);
