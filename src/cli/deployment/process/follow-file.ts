import { watch } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { LogLine, LogRequest } from '../../../engine/engine.ts';

/** Wakes whoever waits when the file changed, was replaced, or the signal fired. */
const changes = (path: string, signal: AbortSignal | undefined) => {
  let wake: (() => void) | undefined;
  let changed = false;
  const note = (): void => {
    changed = true;
    wake?.();
  };
  const name = basename(path);
  // The folder, as a watched file stays the same one when it is renamed.
  const watcher = watch(dirname(path), (_event, file) => {
    if (file === null || file === name) {
      note();
    }
  });
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

/** Reads the lines that were added to a file since the last time. */
class LineReader {
  readonly #file: FileHandle;
  readonly #decoder = new StringDecoder('utf8');
  #position: number;
  #rest = '';

  constructor(file: FileHandle, position: number) {
    this.#file = file;
    this.#position = position;
  }

  async read(): Promise<readonly string[]> {
    const { size } = await this.#file.stat();
    if (size < this.#position) {
      // Emptied in place, as logrotate's copytruncate does.
      this.#position = 0;
      this.#rest = '';
    }
    if (size === this.#position) {
      return [];
    }
    const length = size - this.#position;
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(length), 0, length, this.#position);
    this.#position += bytesRead;
    const lines = (this.#rest + this.#decoder.write(buffer.subarray(0, bytesRead))).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  }

  /** Whether the path names another file by now. */
  async isReplaced(path: string): Promise<boolean> {
    const [own, there] = await Promise.all([this.#file.stat(), stat(path).catch(() => undefined)]);
    return there !== undefined && there.ino !== own.ino;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** A request for a log file's lines; `from` is the byte offset to start at. */
export interface FileLogRequest extends LogRequest {
  readonly from?: number;
}

/**
 * Yields the lines of a log file, as an engine does those of a container; ends without an error when the signal fires.
 * It follows the path: a file that is rotated is read to its end, and then its successor.
 */
export async function* followFile(path: string, request: FileLogRequest): AsyncGenerator<LogLine> {
  const { follow, signal, tail, from = 0 } = request;
  const watching = follow ? changes(path, signal) : undefined;
  const aborted = (): boolean => signal?.aborted === true;
  let reader: LineReader | undefined;
  try {
    reader = new LineReader(await open(path, 'r'), from);
    const first = await reader.read();
    const shown = tail === undefined ? first : first.slice(Math.max(0, first.length - tail));
    for (const text of shown) {
      yield { stream: 'stdout', text };
    }
    while (watching !== undefined && !aborted()) {
      await watching.next();
      for (const text of await reader.read()) {
        yield { stream: 'stdout', text };
      }
      if (await reader.isReplaced(path)) {
        for (const text of await reader.read()) {
          yield { stream: 'stdout', text };
        }
        await reader.close();
        reader = new LineReader(await open(path, 'r'), 0);
        for (const text of await reader.read()) {
          yield { stream: 'stdout', text };
        }
      }
    }
    for (const text of await reader.read()) {
      yield { stream: 'stdout', text };
    }
  } finally {
    watching?.close();
    await reader?.close();
  }
}
