import { setTimeout as pause } from 'node:timers/promises';
import { logOnce } from '../../context/log-once.ts';
import { deleteExpiredLinks } from '../../store/one-time-links.ts';
import { deleteSettledOutbox } from '../../store/outbox.ts';
import { toTimestamp } from '../../store/timestamp.ts';
import { activeWebhooks } from '../../store/webhooks.ts';
import { announceExpiries } from './announce-expiries.ts';
import { mailChannel, webhookChannel } from './channels.ts';
import { deliverDue, type Deliverer, type DeliveryChannel } from './delivery.ts';

const POLL_MS = 1000;
const HOUR_MS = 60 * 60 * 1000;
const KEPT_MS = 60 * 24 * HOUR_MS;
/** Time that a stop waits for a message under way; another attempt follows where its outcome was not stored. */
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
 * Delivers what the outbox holds, beside all requests: none waits for it, and no channel for another.
 *
 * @returns ends it
 */
export const startDelivery = (context: Deliverer): (() => Promise<void>) => {
  const ending = new AbortController();
  const { signal } = ending;
  const mail = mailChannel(context);
  const underWay = new Map<string, Promise<void>>();
  let tidied = -Infinity;
  /** Version of the database in which there was nowhere to deliver to. */
  let idleIn: string | undefined;
  const guarded = logOnce(context.log, 'messages cannot be delivered now');
  const deliver = (channel: DeliveryChannel): void => {
    if (!underWay.has(channel.name)) {
      const round = guarded(() => deliverDue(context, channel, signal), channel.name).finally(() =>
        underWay.delete(channel.name),
      );
      underWay.set(channel.name, round);
    }
  };
  const look = async (): Promise<void> => {
    const version = context.db.version?.();
    if (version !== undefined && version === idleIn) {
      return;
    }
    const webhooks = await activeWebhooks(context.db.reader);
    const channels = [
      ...(mail === undefined ? [] : [mail]),
      ...webhooks.map((webhook) => webhookChannel(context, webhook)),
    ];
    idleIn = channels.length === 0 ? version : undefined;
    if (channels.length > 0 && context.now().getTime() - tidied >= HOUR_MS) {
      tidied = context.now().getTime();
      await tidyUp(context);
    }
    for (const channel of channels) {
      deliver(channel);
    }
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await guarded(look);
      await pause(POLL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return async () => {
    ending.abort();
    const settled = running.then(() => Promise.all(underWay.values()));
    await Promise.race([settled, pause(CLOSE_MS, undefined, { ref: false })]);
  };
};
