import { renewUnderLoad } from './renew-under-load.ts';
import type { Row } from './row.ts';
import { holdSilent, type Lifetimes } from './silent-connections.ts';

const SILENT = { idle: 5000, halfOpen: 500, slow: 200 } as const;
const P99_MS = 500;
const RENEWALS = 60;

const seconds = ({ least, most }: Lifetimes): string =>
  `${(least / 1000).toFixed(1)}–${(most / 1000).toFixed(1)} s`;
/** The timers of a busy machine may be a little early or late. */
const inTime = ({ least, most }: Lifetimes): boolean => least >= 9900 && most <= 15_000;

/** Rows about HTTPS. */
export const TLS_ROWS: readonly Row[] = [
  {
    area: 'TLS',
    promise: 'clients that open a connection and say nothing do not stop the others',
    figure:
      '5,000 idle + 500 half-open TLS + 200 slow-header connections: p99 of ordinary requests < 500 ms, no error, dropped in 10–15 s',
    shown: {
      name: 'tls-silent',
      measure: async () => {
        const { idle, halfOpen, slow, unopened, kept, requests, failed, p99 } = await holdSilent(SILENT);
        const lost = unopened.length + kept + failed.length;
        return {
          figure:
            `${idle.count} + ${halfOpen.count} + ${slow.count} held: ${requests} requests, ${failed.length} failed, p99 ${p99.toFixed(0)} ms; ` +
            `dropped after ${seconds(idle)}, ${seconds(halfOpen)}, ${seconds(slow)}; ${kept} kept`,
          met: lost === 0 && p99 < P99_MS && [idle, halfOpen, slow].every(inTime),
        };
      },
    },
  },
  {
    area: 'TLS',
    promise:
      'web.crt and web.key are taken up when they change or on SIGHUP; a broken pair keeps the old one',
    figure: 'reload under load: 0 failed requests',
    shown: {
      name: 'tls-reload',
      measure: async () => {
        const { taken, brokenKept, slowestByFiles, slowestBySignal, requests, failed } =
          await renewUnderLoad(RENEWALS);
        return {
          figure:
            `${taken} of ${RENEWALS} renewals shown (within ${slowestBySignal.toFixed(0)} ms by SIGHUP, ${slowestByFiles.toFixed(0)} ms by file watch), ` +
            `${requests} requests, ${failed.length} failed, broken pair ${brokenKept ? 'refused and logged' : 'not refused'}`,
          met: taken === RENEWALS && failed.length === 0 && brokenKept,
        };
      },
    },
  },
];
