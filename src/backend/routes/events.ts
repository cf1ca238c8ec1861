import { Readable } from 'node:stream';
import { z } from 'zod';
import { StatusResponse } from '../../contract/api/response.ts';
import { responses } from '../http/responses.ts';
import type { Routes } from '../http/app-types.ts';
import { ChangeFeed } from '../services/events/change-feed.ts';
import { listenToChanges, requireListener } from '../services/events/events.ts';
import { Listeners } from '../services/events/listeners.ts';

const EVENT_STREAM = 'text/event-stream';
const EventStream = {
  content: { 'application/json': { schema: StatusResponse }, [EVENT_STREAM]: { schema: z.string() } },
};

/** GET /events */
export const eventRoutes: Routes = (app, context) => {
  const sources = { feed: new ChangeFeed(context.db, context.log), listeners: new Listeners() };
  const closing = new AbortController();
  app.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  app.get(
    '/events',
    {
      config: { operation: 'events.read' },
      schema: {
        summary: 'Says when something has changed, as server-sent events',
        description: 'Asked for another type than text/event-stream it only says whether one may listen.',
        tags: ['service'],
        response: responses({ 200: EventStream }, 'unauthenticated', 'too_many_requests'),
      },
    },
    (request, reply) => {
      if (request.headers.accept?.includes(EVENT_STREAM) !== true) {
        requireListener(request.requester);
        return reply.type('application/json').send({ status: 'ok' });
      }
      const gone = new AbortController();
      reply.raw.once('close', () => {
        gone.abort();
      });
      const signal = AbortSignal.any([gone.signal, closing.signal]);
      const events = listenToChanges(context, request.requester, sources, signal);
      return reply.type(EVENT_STREAM).header('x-accel-buffering', 'no').send(Readable.from(events));
    },
  );
};
