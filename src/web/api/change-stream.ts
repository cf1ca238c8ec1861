import { PAGE_HEADER, UNATTENDED_HEADER } from '../../contract/wire-headers.ts';
import { BASE } from './base.ts';

const RECONNECT_MS = 3_000;
const CHANGED = /^event: (changed|ended)$/m;

/** Reads events until the stream ends; `EventSource` could not send the header that a session needs. */
const readOnce = async (onChange: () => void, signal: AbortSignal): Promise<void> => {
  const headers = { accept: 'text/event-stream', [PAGE_HEADER]: '1', [UNATTENDED_HEADER]: '1' };
  const response = await fetch(`${BASE}/api/v1/events`, { headers, signal });
  if (!response.ok || !response.body) {
    return;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    if (events.some((event) => CHANGED.test(event))) {
      onChange();
    }
  }
};

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, RECONNECT_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Calls back whenever something has changed on the server, until aborted; a broken stream is opened again. */
export const followChanges = async (onChange: () => void, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      await readOnce(onChange, signal);
    } catch {
      // The note about the connection is for calls that somebody waits for.
    }
    await pause(signal);
  }
};
