import { setTimeout as pause } from 'node:timers/promises';
import { deleteExpiredLinks } from '../../store/one-time-links.ts';
import { deleteSettledOutbox } from '../../store/outbox.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { announceExpiries } from './announce-expiries.ts';
import { deliverDue, type Deliverer } from './delivery.ts';

const POLL_MS = 1000;
const HOUR_MS = 60 * 60 * 1000;
const KEPT_MS = 60 * 24 * HOUR_MS;
/** How long a stop waits for a message under way; another attempt follows where its outcome was not stored. */
const CLOSE_MS = 5000;

/** Looks for what certificates are about to expire, and forgets what was settled long ago. */
const tidyUp = async (context: Deliverer): Promise<void> => {
  const now = context.now();
  await announceExpiries(context);
  await context.db.write(async (trx) => {
    await deleteSettledOutbox(trx, toTimestamp(new Date(now.getTime() - KEPT_MS)));
    await deleteExpiredLinks(trx, toTimestamp(now));
  });
};

/**
 * Delivers what the outbox holds, beside all requests: none waits for it.
 *
 * @returns ends it
 */
export const startDelivery = (context: Deliverer): (() => Promise<void>) => {
  if (context.mailer === undefined) {
    return () => Promise.resolve();
  }
  const ending = new AbortController();
  const { signal } = ending;
  let tidied = -Infinity;
  let failed = false;
  const round = async (): Promise<void> => {
    try {
      if (context.now().getTime() - tidied >= HOUR_MS) {
        tidied = context.now().getTime();
        await tidyUp(context);
      }
      await deliverDue(context, signal);
      failed = false;
    } catch (error) {
      if (!failed) {
        context.log.warn({ err: error }, 'messages cannot be delivered now');
      }
      failed = true;
    }
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await round();
      await pause(POLL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    ending.abort();
    await Promise.race([running, pause(CLOSE_MS, undefined, { ref: false })]);
  };
};
