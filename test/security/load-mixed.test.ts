import { expect, it } from '@jest/globals';
import { askMixed } from '../soak/every-request.ts';

it('answers every request of a mixed load, whoever hangs up in between', async () => {
  const { asked, unanswered, broken, failed, slowest, hungUp } = await askMixed({
    requests: 1500,
    atOnce: 16,
    milliseconds: 30_000,
  });
  process.stdout.write(
    `mixed load: ${asked} requests, ${hungUp} hung up, ${unanswered.length} unanswered, ` +
      `slowest but for kits ${(slowest / 1000).toFixed(1)} s\n`,
  );
  expect({ unanswered, broken, failed }).toEqual({ unanswered: [], broken: [], failed: [] });
  expect(asked).toBeGreaterThan(100);
}, 180_000);
