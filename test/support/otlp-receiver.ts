import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';
import { z } from 'zod';

/** The fields of OpenTelemetry's protocol that the tests look at, by the numbers of its definition (v1). */
const PROTOCOL = `
syntax = "proto3";
message Request { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { repeated Span spans = 2; }
message Span {
  bytes trace_id = 1;
  bytes span_id = 2;
  bytes parent_span_id = 4;
  string name = 5;
  int32 kind = 6;
  fixed64 start_time_unix_nano = 7;
  fixed64 end_time_unix_nano = 8;
  repeated KeyValue attributes = 9;
  Status status = 15;
}
message Status { int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue {
  oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; }
}
`;

const Value = z
  .union([
    z.object({ stringValue: z.string() }),
    z.object({ intValue: z.coerce.number() }),
    z.object({ boolValue: z.boolean() }),
    z.object({ doubleValue: z.number() }),
  ])
  .transform((value): unknown => Object.values(value)[0]);
const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .default([])
  .transform((list): Readonly<Record<string, unknown>> =>
    Object.fromEntries(list.map(({ key, value }) => [key, value])),
  );
const Id = z
  .string()
  .default('')
  .transform((text) => Buffer.from(text, 'base64').toString('hex'));
const ReceivedSpan = z.object({
  traceId: Id,
  spanId: Id,
  parentSpanId: Id,
  name: z.string(),
  kind: z.number().default(0),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: Attributes,
  status: z.object({ code: z.number().default(0) }).default({ code: 0 }),
});
const Received = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(ReceivedSpan) })),
    }),
  ),
});

/** A span as it arrived, with what its sender said of itself. */
export type ArrivedSpan = z.infer<typeof ReceivedSpan> & {
  readonly resource: Readonly<Record<string, unknown>>;
};

/** A collector in this process that takes OTLP over HTTP. */
export interface OtlpReceiver {
  readonly url: string;
  readonly spans: readonly ArrivedSpan[];
  /** The bodies, decompressed. */
  readonly raw: () => Buffer;
  /** Address and headers of each request. */
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  readonly close: () => Promise<void>;
}

const RequestType = protobuf.parse(PROTOCOL).root.lookupType('Request');

const spansOf = (body: Buffer): readonly ArrivedSpan[] => {
  const message = RequestType.toObject(RequestType.decode(body), { longs: String, bytes: String });
  return Received.parse(message).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, resource: resource.attributes }))),
  );
};

/**
 * Starts it on a free port of 127.0.0.1.
 *
 * @param status of its responses
 */
export const startOtlpReceiver = async (status = 200): Promise<OtlpReceiver> => {
  const spans: ArrivedSpan[] = [];
  const bodies: Buffer[] = [];
  const requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((received) => {
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(received) : received;
      requests.push({ path: request.url ?? '', headers: request.headers });
      bodies.push(body);
      spans.push(...spansOf(body));
      response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    raw: () => Buffer.concat(bodies),
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
