import { ApiError } from '../../../contract/errors.ts';
import { authorizeUser } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import type { Requester } from '../../auth/principal.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { Listeners } from './listeners.ts';

/** Proxies end connections on which nothing moves for a minute. */
const HEARTBEAT_MS = 15_000;

/** Describes what the streams of one backend share. */
export interface EventSources {
  readonly feed: ChangeFeed;
  readonly listeners: Listeners;
}

const isStillAllowed = async (context: ServiceContext, requester: Requester): Promise<boolean> => {
  try {
    await requireCurrent(context.db.reader, requester, context.now());
    return true;
  } catch (error) {
    if (error instanceof ApiError) {
      return false;
    }
    throw error;
  }
};

/** @throws ApiError `unauthenticated` */
export const requireListener = (requester: Requester): number =>
  authorizeUser(requester.principal, 'events.read').id;

/**
 * Gives server-sent events (HTML standard, 9.2) until aborted: `changed` when something has changed, which says
 * nothing about what, and `ended` when the requester may not listen any more.
 *
 * @throws ApiError `unauthenticated`, `too_many_requests`
 */
export const listenToChanges = (
  context: ServiceContext,
  requester: Requester,
  { feed, listeners }: EventSources,
  signal: AbortSignal,
): AsyncGenerator<string> => {
  const leave = listeners.enter(requireListener(requester));
  const stop = feed.listen();
  return (async function* () {
    try {
      let version = feed.version;
      yield 'event: open\ndata: {}\n\n';
      for (;;) {
        const next = await feed.after(version, HEARTBEAT_MS, signal);
        if (signal.aborted) {
          return;
        }
        if (!(await isStillAllowed(context, requester))) {
          yield 'event: ended\ndata: {}\n\n';
          return;
        }
        yield next === version ? ': alive\n\n' : 'event: changed\ndata: {}\n\n';
        version = next;
      }
    } finally {
      stop();
      leave();
    }
  })();
};
