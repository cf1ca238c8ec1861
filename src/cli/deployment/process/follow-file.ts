import { watch } from 'node:fs';
import { open } from 'node:fs/promises';
import type { LogLine, LogRequest } from '../../../engine/engine.ts';

/** Wakes whoever waits when the file changed or the signal fired. */
const changes = (path: string, signal: AbortSignal | undefined) => {
  let wake: (() => void) | undefined;
  let changed = false;
  const note = (): void => {
    changed = true;
    wake?.();
  };
  const watcher = watch(path, note);
  signal?.addEventListener('abort', note, { once: true });
  return {
    next: async (): Promise<void> => {
      if (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      changed = false;
    },
    close: (): void => {
      watcher.close();
      signal?.removeEventListener('abort', note);
    },
  };
};

/** Lines of a log file, as an engine gives those of a container; ends without an error when the signal fires. */
export async function* followFile(path: string, request: LogRequest): AsyncGenerator<LogLine> {
  const { follow, signal, tail } = request;
  const file = await open(path, 'r');
  const watching = follow ? changes(path, signal) : undefined;
  const aborted = (): boolean => signal?.aborted === true;
  let rest = '';
  const read = async (): Promise<readonly string[]> => {
    const text = rest + (await file.readFile('utf8'));
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    return lines;
  };
  try {
    const first = await read();
    const shown = tail === undefined ? first : first.slice(Math.max(0, first.length - tail));
    for (const text of shown) yield { stream: 'stdout', text };
    while (watching !== undefined && !aborted()) {
      await watching.next();
      for (const text of await read()) yield { stream: 'stdout', text };
    }
  } finally {
    watching?.close();
    await file.close();
  }
}
