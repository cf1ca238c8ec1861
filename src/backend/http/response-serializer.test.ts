import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { responseSerializer } from './response-serializer.ts';

const serialize = (schema: z.ZodType, value: unknown): string =>
  responseSerializer({ schema, method: 'GET', url: '/' })(value);

const Row = z.object({
  id: z.number(),
  note: z.string().optional(),
  props: z.record(z.string(), z.unknown()),
});

test('what the schema does not name stays inside, at every depth', () => {
  const row = { secret: 'x', props: { any: [{ thing: 1 }] }, id: 1 };
  const value = { password_hash: 'x', rows: [row], one: row, none: null };
  const schema = z.object({ one: Row, rows: z.array(Row), none: Row.nullable() });
  const shaped = '{"id":1,"props":{"any":[{"thing":1}]}}';
  expect(serialize(schema, value)).toBe(`{"one":${shaped},"rows":[${shaped}],"none":null}`);
});

test('optional members that are not there are left out', () => {
  expect(serialize(Row, { id: 1, note: undefined, props: {} })).toBe('{"id":1,"props":{}}');
});

test('a schema that changes values is left to zod', () => {
  const Upper = z.codec(z.string(), z.string(), {
    decode: (text) => text.toLowerCase(),
    encode: (text) => text.toUpperCase(),
  });
  expect(serialize(z.object({ name: Upper }), { name: 'a', other: 1 })).toBe('{"name":"A"}');
});
