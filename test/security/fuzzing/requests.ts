import fc from 'fast-check';
import { z } from 'zod';
import type { Operation, Schema } from './operations.ts';

/** A request as it is sent. */
export interface GeneratedRequest {
  readonly method: string;
  /** With query. */
  readonly path: string;
  readonly type: string | undefined;
  readonly body: string | undefined;
  /** The document does not allow it: it may not be answered with a success. */
  readonly negative: boolean;
}

/** Texts that have broken servers before. */
const NASTY = [
  '',
  ' ',
  '\0',
  '\r\nset-cookie: a=b',
  '../../etc/passwd',
  "'; DROP TABLE users; --",
  '%',
  '_%\\',
  '__proto__',
  'constructor',
  '\u202Eevil',
  '\uD800',
  '😀'.repeat(40),
  'x'.repeat(3000),
  'site-1',
  'hospital',
  'org_admin',
  'project_admin',
  'site@example.org',
  '-name',
  'id:asc',
  '2026-02-30',
] as const;
const NASTY_NUMBERS = [0, -1, 1, 2, 3, 100, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63] as const;

const anything = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(null, true, false, [], {}, [null], { $ne: 1 }),
    fc.constantFrom<unknown>(...NASTY_NUMBERS),
    fc.constantFrom<unknown>(...NASTY),
    fc.jsonValue({ maxDepth: 3 }),
  );

const text = ({ minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)), unit: 'grapheme' }),
    fc.constantFrom(...NASTY.filter(({ length }) => length >= minLength && length <= maxLength)),
    fc.constant('y'.repeat(maxLength)),
    fc.nat(99).map((n) => `name${n}@example.org`),
  );

const fromObject = ({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, fitting(schema)])), {
    requiredKeys: [...required],
    noNullPrototype: true,
  });

/** Values the schema allows. */
const fitting = (schema: Schema): fc.Arbitrary<unknown> => {
  if ('const' in schema) {
    return fc.constant(schema.const);
  }
  if (schema.enum !== undefined) {
    return fc.constantFrom(...schema.enum);
  }
  if (schema.anyOf !== undefined) {
    return fc.oneof(...schema.anyOf.map(fitting));
  }
  if (typeof schema.type === 'object') {
    return fc.oneof(...schema.type.map((type) => fitting({ ...schema, type })));
  }
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema;
  switch (schema.type ?? '') {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.oneof(
        fc.integer({ min: minimum, max: Math.min(maximum, minimum + 12) }),
        fc.integer({ min: minimum, max: maximum }),
        fc.constantFrom(minimum, maximum),
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting(schema.items ?? {}), { maxLength: 4 });
    case 'object':
      return schema.properties === undefined
        ? fc.dictionary(fc.string({ maxLength: 20 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
        : fromObject(schema);
    default:
      return anything();
  }
};

/** One field made wrong, left out or added; or something else altogether. */
const broken = (schema: Schema): fc.Arbitrary<unknown> => {
  const keys = [...Object.keys(schema.properties ?? {}), 'role_id', 'id', '__proto__'];
  const changed = fc
    .tuple(fitting(schema), fc.constantFrom(...keys), fc.option(anything(), { nil: undefined }))
    .map(([value, key, other]) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries([...Object.entries(value), [key, other]])
        : value,
    );
  return fc.oneof({ weight: 4, arbitrary: changed }, { weight: 1, arbitrary: anything() });
};

interface Sent {
  readonly type: string | undefined;
  readonly body: string | undefined;
  readonly negative: boolean;
}
const JSON_TYPE = 'application/json';

const NO_BODY: Sent = { type: undefined, body: undefined, negative: false };

const bodyOf = ({ method, body: schema }: Operation): fc.Arbitrary<Sent> => {
  if (method === 'GET') {
    return fc.constant(NO_BODY);
  }
  if (schema === undefined) {
    return fc.constantFrom(NO_BODY, { type: JSON_TYPE, body: '', negative: false });
  }
  const allowed = z.fromJSONSchema(z.custom<Parameters<typeof z.fromJSONSchema>[0]>().parse(schema));
  const asJson = (value: unknown): Sent => {
    const body = JSON.stringify(value);
    return { type: JSON_TYPE, body, negative: !allowed.safeParse(JSON.parse(body)).success };
  };
  const malformed = fc
    .tuple(fitting(schema), fc.nat(30))
    .map(([value, cut]) => `${JSON.stringify(value).slice(0, cut)}{"`)
    .map((body) => ({ type: JSON_TYPE, body, negative: true }));
  const foreign = fc
    .tuple(
      fitting(schema),
      fc.constantFrom(
        'text/plain',
        'application/xml',
        'multipart/form-data',
        'application/x-www-form-urlencoded',
      ),
    )
    .map(([value, type]) => ({ type, body: JSON.stringify(value), negative: true }));
  return fc.oneof(
    { weight: 6, arbitrary: fitting(schema).map(asJson) },
    { weight: 6, arbitrary: broken(schema).map(asJson) },
    { weight: 1, arbitrary: malformed },
    { weight: 1, arbitrary: foreign },
  );
};

interface Filled {
  readonly text: string | undefined;
  readonly negative: boolean;
}

const parameterOf = (schema: Schema, required: boolean): fc.Arbitrary<Filled> => {
  const allowed = z.fromJSONSchema(z.custom<Parameters<typeof z.fromJSONSchema>[0]>().parse(schema));
  const filled = (value: unknown): Filled => {
    const written = String(value).replaceAll(/\p{Cs}/gu, '\uFFFD');
    const read = schema.type === 'integer' && written.trim() !== '' ? Number(written) : written;
    return { text: written, negative: !allowed.safeParse(read).success };
  };
  const present = fc.oneof(
    { weight: 3, arbitrary: fitting(schema).map(filled) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(...NASTY, ...NASTY_NUMBERS, 'null', 'NaN', '1,2').map(filled),
    },
  );
  if (required) {
    return present.filter(({ text: written }) => !['', '.', '..'].includes(written ?? ''));
  }
  return fc.oneof(fc.constant({ text: undefined, negative: false }), present);
};

/** Requests of this operation, allowed ones and others. */
export const requestsOf = (operation: Operation): fc.Arbitrary<GeneratedRequest> => {
  const parameters = operation.parameters.map((parameter) =>
    parameterOf(parameter.schema, parameter.in === 'path').map((filled) => ({ ...parameter, ...filled })),
  );
  return fc.tuple(fc.tuple(...parameters), bodyOf(operation)).map(([filled, sent]) => {
    let { path } = operation;
    const query = new URLSearchParams();
    for (const parameter of filled) {
      if (parameter.text === undefined) {
        continue;
      }
      if (parameter.in === 'path') {
        path = path.replace(`{${parameter.name}}`, encodeURIComponent(parameter.text));
      } else {
        query.append(parameter.name, parameter.text);
      }
    }
    return {
      method: operation.method,
      path: query.size === 0 ? path : `${path}?${query.toString()}`,
      type: sent.type,
      body: sent.body,
      negative: sent.negative || filled.some(({ negative }) => negative),
    };
  });
};
