import { askMixed, type MixedResponses } from './every-request.ts';
import type { Row } from './row.ts';

const PLANS = [
  { requests: 12_000, atOnce: 8, milliseconds: 3 * 60_000 },
  { requests: 20_000, atOnce: 300, milliseconds: 2 * 60_000 },
] as const;

const figureOf = ({ asked, hungUp, unanswered, broken, failed, slowest }: MixedResponses): string =>
  `${asked} requests (${hungUp} hung up): ${unanswered.length} unanswered, ${broken.length} broken off, ` +
  `${failed.length} failed, slowest but for kits ${(slowest / 1000).toFixed(1)} s`;

/** Rows about load. */
export const LOAD_ROWS: readonly Row[] = [
  {
    area: 'load',
    promise: 'every request is answered: mixed reads, changes, log-ins and kits as six identities at once',
    figure:
      '8 and 300 at once: 0 without an answer after 20 s (kits: 100 s), 0 broken off, 0 5xx but 503 with Retry-After',
    shown: {
      name: 'every-request',
      measure: async (say) => {
        const figures: string[] = [];
        let wrong = 0;
        for (const plan of PLANS) {
          const responses = await askMixed(plan);
          wrong += responses.unanswered.length + responses.broken.length + responses.failed.length;
          for (const line of [...responses.unanswered, ...responses.broken, ...responses.failed].slice(
            0,
            20,
          )) {
            say(line);
          }
          figures.push(`${plan.atOnce} at once: ${figureOf(responses)}`);
        }
        return { figure: figures.join('; '), met: wrong === 0 };
      },
    },
  },
];
