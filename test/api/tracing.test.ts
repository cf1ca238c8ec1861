import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { ADMIN, BackendProcess } from '../soak/backend-process.ts';
import { startMailSink, type MailSink } from '../support/mail-sink.ts';
import { startOtlpReceiver, type ArrivedSpan, type OtlpReceiver } from '../support/otlp-receiver.ts';

const PARENT = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };
const PIN = 'Pin4Nobody2See';
const PERSON = { name: 'Petra Private', email: 'petra.private@example.org', organization: 'secret_clinic' };
const HEADER = 'collector-secret-1';
const QUERY = 'search-for-somebody';

const Line = z.looseObject({ msg: z.string(), trace_id: z.string().optional(), path: z.string().optional() });
const Listed = z.object({ client_list: z.tuple([z.object({ id: z.number() })]) });

describe('with a collector', () => {
  let folder: string;
  let receiver: OtlpReceiver;
  let mail: MailSink;
  let backend: BackendProcess;
  let token: string;
  let log: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracing-'));
    writeFileSync(join(folder, 'headers'), `authorization=Bearer%20${HEADER}\n`);
    [receiver, mail] = await Promise.all([startOtlpReceiver(), startMailSink()]);
    backend = await BackendProcess.prepare({
      environment: {
        NVFL_LOG_LEVEL: 'info',
        OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/`,
        OTEL_EXPORTER_OTLP_HEADERS_FILE: join(folder, 'headers'),
        OTEL_SERVICE_NAME: 'study',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
        NVFL_SMTP_URL: `smtp://127.0.0.1:${mail.port}?starttls=never`,
        NVFL_MAIL_FROM: 'dashboard@example.org',
        NVFL_PUBLIC_URL: 'https://dashboard.example.org',
      },
    });
    await backend.start();
    token = await backend.logIn();
    const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
      const { status, json } = await backend.ask({ method, path, token, body });
      expect({ path, json, refused: status >= 300 }).toEqual({ path, json, refused: false });
      return json;
    };
    await send('PATCH', '/project', {
      short_name: 'study',
      server1: 'fl.example.org',
      key_bits: 2048,
      public: true,
    });
    await send('POST', '/users', { ...PERSON, role: 'lead', password: 'Amber-Lantern-3' });
    await send('POST', '/clients', { name: 'site-1', organization: 'hospital' });
    const { client_list } = Listed.parse(await send('GET', '/clients'));
    const [{ id }] = client_list;
    await send('PATCH', `/clients/${id}`, { approval_state: 100 });
    await send('PATCH', '/project', { frozen: true });
    await send('POST', `/clients/${id}/blob`, { pin: PIN });
    await send('GET', `/users?q=${QUERY}`);
    await send('POST', '/password/forgot', { email: ADMIN.email });
    await mail.wait(({ to }) => to === ADMIN.email);
    await fetch(`${backend.url}/api/v1/clients/${id}`, {
      headers: {
        authorization: `Bearer ${token}`,
        traceparent: `00-${PARENT.trace}-${PARENT.span}-01`,
      },
    });
    await backend.stop();
    log = backend.log;
  }, 40_000);
  afterAll(async () => {
    await backend.remove();
    await Promise.all([receiver.close(), mail.close()]);
    rmSync(folder, { recursive: true });
  });

  const named = (name: string): readonly ArrivedSpan[] => receiver.spans.filter((span) => span.name === name);
  const inTrace = (traceId: string | undefined): readonly ArrivedSpan[] =>
    receiver.spans.filter((span) => span.traceId === traceId);

  test('sends protobuf to the address for traces, with the headers of the file', () => {
    const [request] = receiver.requests;
    expect(request?.path).toBe('/v1/traces');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/x-protobuf',
      authorization: `Bearer ${HEADER}`,
    });
  });

  test('says which backend a span is from', () => {
    const [span] = receiver.spans;
    expect(span?.resource).toMatchObject({
      'service.name': 'study',
      'service.version': expect.stringMatching(/^\d+\.\d+\.\d+/),
      'service.instance.id': expect.stringMatching(/^[\da-f-]{36}$/),
      'deployment.environment.name': 'test',
    });
  });

  test('continues the trace of a request, with its queries as children, and names it in the log', () => {
    const trace = inTrace(PARENT.trace);
    const [request] = trace.filter(({ kind }) => kind === 2);
    expect(request).toMatchObject({
      name: 'GET /api/v1/clients/:id',
      parentSpanId: PARENT.span,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/api/v1/clients/:id',
        'http.response.status_code': 200,
      },
    });
    const queries = trace.filter(({ name }) => name === 'database select');
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.filter(({ parentSpanId }) => parentSpanId !== request?.spanId)).toEqual([]);
    expect(queries[0]?.attributes).toMatchObject({
      'db.system.name': 'sqlite',
      'db.operation.name': 'select',
    });
    const lines = log
      .trimEnd()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)));
    expect(lines.filter(({ trace_id }) => trace_id === PARENT.trace)).toMatchObject([{ msg: 'answered' }]);
    const answered = lines.filter(({ msg, path }) => msg === 'answered' && path !== '/api/v1/ready');
    expect(answered.length).toBeGreaterThan(8);
    expect(answered.filter(({ trace_id }) => trace_id === undefined)).toEqual([]);
  });

  test('shows where the time of a kit goes', () => {
    const [kit] = named('kit');
    expect(kit?.attributes).toMatchObject({ 'kit.for': 'client', 'kit.encryption': expect.any(String) });
    const trace = inTrace(kit?.traceId);
    const [files] = trace.filter(({ name }) => name === 'kit files');
    const [pair] = trace.filter(({ name }) => name === 'kit key pair');
    const [change] = trace.filter(({ name }) => name === 'database change');
    expect([files?.parentSpanId, pair?.parentSpanId, change?.parentSpanId]).toEqual([
      kit?.spanId,
      files?.spanId,
      kit?.spanId,
    ]);
    const written = trace.filter(({ parentSpanId }) => parentSpanId === change?.spanId);
    expect(written.map(({ name }) => name)).toContain('database insert');
    expect((kit?.endTimeUnixNano ?? 0n) >= (files?.endTimeUnixNano ?? 1n)).toBe(true);
  });

  test('measures the sending of an e-mail', () => {
    expect(named('mail send')[0]?.attributes).toEqual({ 'mail.state': 'sent', 'mail.error': '' });
  });

  test.each([
    ['the e-mail of a person', PERSON.email],
    ['the name of a person', PERSON.name],
    ['an organization', PERSON.organization],
    ['the e-mail of the admin', ADMIN.email],
    ['a password', ADMIN.password],
    ['a password hash', '$scrypt'],
    ['a PIN', PIN],
    ['a search', QUERY],
    ['the name of a site', 'site-1'],
    ['the headers for the collector', HEADER],
    ['a client address', '127.0.0.1'],
  ])('sends nothing of %s', (_what, secret) => {
    expect(receiver.raw().includes(secret)).toBe(false);
    expect(receiver.raw().includes(Buffer.from(secret).toString('base64'))).toBe(false);
  });

  test('sends no session token', () => {
    expect(receiver.raw().includes(token)).toBe(false);
    expect(receiver.raw().includes('clients/:id')).toBe(true);
  });
});

const withBackend = async (
  environment: Readonly<Record<string, string>>,
  work: (backend: BackendProcess) => Promise<void>,
): Promise<void> => {
  const backend = await BackendProcess.prepare({ environment });
  try {
    await work(backend);
  } finally {
    await backend.remove();
  }
};

test('serves and stops while the collector is away', async () => {
  const collector = await startOtlpReceiver();
  await collector.close();
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  await withBackend(environment, async (backend) => {
    await backend.start();
    expect((await backend.ask({ method: 'GET', path: '/project' })).status).toBe(200);
    expect(await backend.stop()).toBe(0);
  });
});

test('warns that the collector refuses the traces, without its credentials', async () => {
  const receiver = await startOtlpReceiver(403);
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${HEADER}`,
  };
  await withBackend(environment, async (backend) => {
    await backend.start();
    expect((await backend.ask({ method: 'GET', path: '/project' })).status).toBe(200);
    expect(await backend.stop()).toBe(0);
    expect(backend.log.match(/traces cannot be sent/g) ?? []).toHaveLength(1);
    expect(backend.log).not.toContain(HEADER);
  });
  await receiver.close();
});

test('leaves out what watches the backend', async () => {
  const receiver = await startOtlpReceiver();
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, NVFL_METRICS: '1' };
  await withBackend(environment, async (backend) => {
    await backend.start();
    for (const path of ['/metrics', '/health', '/readyz', '/api/v1/ready', '/api/v1/project']) {
      expect((await fetch(`${backend.url}${path}`)).status).toBe(200);
    }
    await backend.stop();
  });
  const requests = receiver.spans.filter(({ kind }) => kind === 2).map(({ name }) => name);
  expect(requests).toEqual(['GET /api/v1/project']);
  await receiver.close();
});

test('records nothing when the sampler says so', async () => {
  const receiver = await startOtlpReceiver();
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_TRACES_SAMPLER: 'always_off' };
  await withBackend(environment, async (backend) => {
    await backend.start();
    expect((await backend.ask({ method: 'GET', path: '/project' })).status).toBe(200);
    await backend.stop();
  });
  expect(receiver.requests).toEqual([]);
  await receiver.close();
});

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is not'],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'ftp://c/x' }, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is not'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://me:Amber1@c' }, 'OTEL_EXPORTER_OTLP_ENDPOINT holds a user'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'Amber1' }, 'OTEL_EXPORTER_OTLP_HEADERS is not a list'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=Amber1%' }, 'OTEL_EXPORTER_OTLP_HEADERS holds a %'],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL must be'],
  [{ OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER must be one of'],
  [{ OTEL_TRACES_SAMPLER_ARG: '2' }, 'OTEL_TRACES_SAMPLER_ARG is not a number'],
])('refuses to start with %j, without saying the value', async (environment, message) => {
  const all = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', ...environment };
  await withBackend(all, async (backend) => {
    expect(await backend.startInVain()).toBe(64);
    expect(backend.log).toContain(message);
    expect(backend.log).not.toContain('Amber1');
  });
});
