import { StringDecoder } from 'node:string_decoder';
import type { LogLine } from './engine.ts';

const HEADER = 8;
const STDERR = 2;

class LineSplitter {
  readonly #stream: LogLine['stream'];
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(stream: LogLine['stream']) {
    this.#stream = stream;
  }

  #lines(text: string): readonly LogLine[] {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    return parts.map((part) => ({ stream: this.#stream, text: part.replace(/\r$/, '') }));
  }

  push(bytes: Buffer): readonly LogLine[] {
    return this.#lines(this.#decoder.write(bytes));
  }

  end(): readonly LogLine[] {
    const lines = this.#lines(this.#decoder.end());
    const last = this.#rest;
    this.#rest = '';
    return last === '' ? lines : [...lines, { stream: this.#stream, text: last }];
  }
}

/**
 * Decodes an engine's multiplexed log (frames of: stream 1 or 2, three zero bytes, length as uint32 big endian,
 * bytes). Lines may span frames, frames may span chunks, and both may split a character.
 */
export class LogDecoder {
  readonly #stdout = new LineSplitter('stdout');
  readonly #stderr = new LineSplitter('stderr');
  #pending: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): readonly LogLine[] {
    let buffer = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const lines: LogLine[] = [];
    while (buffer.length >= HEADER) {
      const end = HEADER + buffer.readUInt32BE(4);
      if (buffer.length < end) {
        break;
      }
      const splitter = buffer.readUInt8(0) === STDERR ? this.#stderr : this.#stdout;
      lines.push(...splitter.push(buffer.subarray(HEADER, end)));
      buffer = buffer.subarray(end);
    }
    this.#pending = buffer;
    return lines;
  }

  /** The last lines, when they have no line end. */
  end(): readonly LogLine[] {
    return [...this.#stdout.end(), ...this.#stderr.end()];
  }
}
