import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

/** The part of the log that is told when spans cannot be sent. */
export interface ExportLog {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
}

/** An exporter that logs when it begins to fail, and when it works again. */
export const reportingExporter = (
  inner: SpanExporter,
): SpanExporter & { readonly reportTo: (log: ExportLog) => void } => {
  let log: ExportLog | undefined;
  let failing = false;
  return {
    reportTo: (target) => {
      log = target;
    },
    export: (spans, done) => {
      inner.export(spans, (result) => {
        const failed = result.code === ExportResultCode.FAILED;
        if (failed && !failing) {
          log?.warn({ cause: result.error?.message }, 'traces cannot be sent to the collector');
        }
        if (!failed && failing) {
          log?.info({}, 'traces are sent to the collector again');
        }
        failing = failed;
        done(result);
      });
    },
    shutdown: () => inner.shutdown(),
  };
};
