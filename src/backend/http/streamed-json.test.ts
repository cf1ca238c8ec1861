import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { streamedJson } from './streamed-json.ts';

describe('streamedJson', () => {
  it.each([
    [{}],
    [{ status: 'ok', list: [], nested: { empty: {}, text: 'a "b"', number: 1, nothing: null } }],
    [{ list: Array.from({ length: 2500 }, (_, id) => ({ id, files: ['a', 'b'] })), last: true }],
  ])('writes what JSON.stringify writes', async (value) => {
    expect(await text(streamedJson(value))).toBe(JSON.stringify(value));
  });
});
