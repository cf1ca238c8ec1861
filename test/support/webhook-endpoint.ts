import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { until } from './until.ts';

/** A message as an endpoint got it. */
export interface ReceivedHook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Somebody's endpoint for webhooks, on 127.0.0.1. */
export interface WebhookEndpoint {
  readonly port: number;
  readonly url: string;
  readonly received: readonly ReceivedHook[];
  /** Changes how it responds; default 204. */
  readonly respond: (reply: (response: ServerResponse, hook: ReceivedHook) => void) => void;
  /** Resolves with the first message that fits. */
  readonly wait: (fits: (hook: ReceivedHook) => boolean) => Promise<ReceivedHook>;
  readonly close: () => Promise<void>;
}

export const startWebhookEndpoint = async (): Promise<WebhookEndpoint> => {
  const received: ReceivedHook[] = [];
  let reply: (response: ServerResponse, hook: ReceivedHook) => void = (response) => {
    response.writeHead(204).end();
  };
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        const hook = { path: request.url ?? '', headers: request.headers, body };
        received.push(hook);
        reply(response, hook);
      },
      () => undefined,
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}/hooks/9f3c`,
    received,
    respond: (next) => {
      reply = next;
    },
    wait: (fits) => until(() => Promise.resolve(received.find(fits))),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
