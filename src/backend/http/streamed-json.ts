import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PAGE_ROWS } from '../services/list-order.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Gives the text of a value; lists in it, {@link PAGE_ROWS} entries at a time. */
function* piecesOf(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    yield '[';
    for (let start = 0; start < value.length; start += PAGE_ROWS) {
      const text = JSON.stringify(value.slice(start, start + PAGE_ROWS)).slice(1, -1);
      yield start === 0 ? text : `,${text}`;
    }
    yield ']';
  } else if (isObject(value)) {
    let separator = '{';
    for (const [name, member] of Object.entries(value)) {
      yield `${separator}${JSON.stringify(name)}:`;
      yield* piecesOf(member);
      separator = ',';
    }
    yield separator === '{' ? '{}' : '}';
  } else {
    yield JSON.stringify(value);
  }
}

/** Writes an object without undefined members as JSON, piece by piece, others being served in between. */
export const streamedJson = (value: object): Readable =>
  Readable.from(
    (async function* () {
      for (const piece of piecesOf(value)) {
        yield piece;
        await nextTurn();
      }
    })(),
    { objectMode: false },
  );
