import type { Readable } from 'node:stream';

/**
 * Reads a stream of JSON documents, one a line, as engines report progress.
 * Lines that are not JSON are yielded as `{ stream: text }`.
 */
export async function* readNdjson(source: Readable): AsyncGenerator {
  source.setEncoding('utf8');
  let rest = '';
  for await (const chunk of source) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() !== '') {
        yield parse(line);
      }
    }
  }
  if (rest.trim() !== '') {
    yield parse(rest);
  }
}

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return { stream: line };
  }
};
