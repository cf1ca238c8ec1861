import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import {
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { hrTime, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { errorCode } from '../../contract/error-code.ts';
import type { TracingSettings } from '../context/config.ts';
import type { SpanAttributes, Spans } from '../context/spans.ts';
import { VERSION } from '../context/version.ts';
import type { QueryObserver } from '../store/database.ts';
import { reportingExporter, type ExportLog } from './reporting-exporter.ts';
import { samplerOf } from './sampler.ts';

/** The span of one request, in which its hooks and handlers run. */
export interface RequestSpan {
  readonly enter: (next: () => void) => void;
  /** @param route template such as `/api/v1/clients/:id`, never the address itself */
  readonly end: (route: string | undefined, status: number | undefined) => void;
}

/** Names of a trace in a log line. */
export type TraceIds = { readonly trace_id: string; readonly span_id: string } | Record<string, never>;

/** Spans that are sent to an OpenTelemetry collector. */
export interface Tracing extends Spans {
  readonly request: (method: string, headers: Readonly<Record<string, unknown>>) => RequestSpan;
  readonly observeQuery: QueryObserver;
  /** Returns the IDs of what is under way, for log lines. */
  readonly ids: () => TraceIds;
  /** Names the log that is told when spans cannot be sent. */
  readonly reportTo: (log: ExportLog) => void;
  /** Sends what is left. */
  readonly close: () => Promise<void>;
}

const NAME = 'nvflare-dashboard';
/** A collector that does not respond holds up no stop for longer. */
const CLOSE_MS = 3000;
const OPERATION = /^\s*(\w+)/;

const fail = (span: Span, error: unknown): void => {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', errorCode(error) ?? 'other');
};

const endOf = (span: Span, route: string | undefined, status: number | undefined): void => {
  if (route !== undefined) {
    span.setAttribute('http.route', route);
  }
  if (status === undefined) {
    span.setAttribute('error.type', 'aborted');
  } else {
    span.setAttribute('http.response.status_code', status);
    if (status >= 500) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', String(status));
    }
  }
  span.end();
};

/** Starts to record spans, which are sent in the background. */
export const createTracing = (settings: TracingSettings, instance: string): Tracing => {
  const exporter = reportingExporter(
    new OTLPTraceExporter({ url: settings.url, headers: { ...settings.headers } }),
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.version': VERSION,
      'service.instance.id': instance,
      ...settings.resource,
      'service.name': settings.serviceName,
    }),
    sampler: samplerOf(settings),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer(NAME, VERSION);
  const propagator = new W3CTraceContextPropagator();
  const storage = new AsyncLocalStorage<Context>();
  const active = (): Context => storage.getStore() ?? ROOT_CONTEXT;

  return {
    run: async (name, work, attributes = {}) => {
      const span = tracer.startSpan(name, { attributes }, active());
      try {
        return await storage.run(trace.setSpan(active(), span), () =>
          work((more: SpanAttributes) => {
            span.setAttributes(more);
          }),
        );
      } catch (error) {
        fail(span, error);
        throw error;
      } finally {
        span.end();
      }
    },
    bind: (work) => {
      const context = active();
      return (...given) => storage.run(context, () => work(...given));
    },
    request: (method, headers) => {
      const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
      const options = { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } };
      const span = tracer.startSpan(method, options, parent);
      const context = trace.setSpan(parent, span);
      return {
        enter: (next) => {
          storage.run(context, next);
        },
        end: (route, status) => {
          if (span.isRecording()) {
            span.updateName(route === undefined ? method : `${method} ${route}`);
            endOf(span, route, status);
          }
        },
      };
    },
    observeQuery: ({ engine, text, milliseconds, error }) => {
      const [, operation = 'query'] = OPERATION.exec(text) ?? [];
      const attributes = {
        'db.system.name': engine === 'postgres' ? 'postgresql' : engine,
        'db.operation.name': operation.toLowerCase(),
        'db.query.text': text,
      };
      const startTime = hrTime(performance.now() - milliseconds);
      const span = tracer.startSpan(
        `database ${operation.toLowerCase()}`,
        { kind: SpanKind.CLIENT, attributes, startTime },
        active(),
      );
      if (error !== undefined) {
        fail(span, error);
      }
      span.end();
    },
    ids: () => {
      const context = trace.getSpanContext(active());
      return context === undefined ? {} : { trace_id: context.traceId, span_id: context.spanId };
    },
    reportTo: exporter.reportTo,
    close: async () => {
      const late = new Promise<void>((resolve) => {
        setTimeout(resolve, CLOSE_MS).unref();
      });
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
};
