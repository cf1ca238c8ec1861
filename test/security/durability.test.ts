import { expect, it } from '@jest/globals';
import { killWhileWriting } from '../soak/kill-while-writing.ts';
import { percentile } from '../soak/sample.ts';

it('loses no write it acknowledged when it is killed, again and again', async () => {
  const { ready, rounds, acknowledged, ...wrong } = await killWhileWriting({
    rounds: 50,
    milliseconds: 50_000,
  });
  process.stdout.write(
    `durability: ${rounds} kills, ${acknowledged} acknowledged writes, ${wrong.lost.length} lost, ` +
      `ready again in ${percentile(ready, 0.5).toFixed(0)} ms (median), ${Math.max(...ready).toFixed(0)} ms (most)\n`,
  );
  expect(wrong).toEqual({ lost: [], damage: [], refused: [] });
  expect(rounds).toBeGreaterThan(0);
}, 150_000);
