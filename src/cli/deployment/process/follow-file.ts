import { watch } from 'node:fs';
import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
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

/** A request for a log file's lines; `from` is the byte offset to start at. */
export interface FileLogRequest extends LogRequest {
  readonly from?: number;
}

/** Yields the lines of a log file, as an engine does those of a container; ends without an error when the signal fires. */
export async function* followFile(path: string, request: FileLogRequest): AsyncGenerator<LogLine> {
  const { follow, signal, tail, from = 0 } = request;
  const file = await open(path, 'r');
  const watching = follow ? changes(path, signal) : undefined;
  const aborted = (): boolean => signal?.aborted === true;
  const decoder = new StringDecoder('utf8');
  let position = from;
  let rest = '';
  const added = async (): Promise<string> => {
    const { size } = await file.stat();
    if (size <= position) {
      return '';
    }
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(size - position),
      0,
      size - position,
      position,
    );
    position += bytesRead;
    return decoder.write(buffer.subarray(0, bytesRead));
  };
  const read = async (): Promise<readonly string[]> => {
    const lines = (rest + (await added())).split('\n');
    rest = lines.pop() ?? '';
    return lines;
  };
  try {
    const first = await read();
    const shown = tail === undefined ? first : first.slice(Math.max(0, first.length - tail));
    for (const text of shown) {
      yield { stream: 'stdout', text };
    }
    while (watching !== undefined && !aborted()) {
      await watching.next();
      for (const text of await read()) {
        yield { stream: 'stdout', text };
      }
    }
    for (const text of await read()) {
      yield { stream: 'stdout', text };
    }
  } finally {
    watching?.close();
    await file.close();
  }
}
