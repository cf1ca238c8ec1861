import { describe, expect, test } from '@jest/globals';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { reportingExporter } from './reporting-exporter.ts';

const FAILED = { code: ExportResultCode.FAILED, error: new Error('Forbidden') };
const SENT = { code: ExportResultCode.SUCCESS };

const logged = (outcomes: readonly ExportResult[]): readonly unknown[] => {
  const left = [...outcomes];
  const lines: unknown[] = [];
  const exporter = reportingExporter({
    export: (_spans, done) => {
      done(left.shift() ?? SENT);
    },
    shutdown: () => Promise.resolve(),
  });
  exporter.reportTo({
    info: (_fields, message) => lines.push(['info', message]),
    warn: (fields, message) => lines.push(['warn', message, fields]),
  });
  for (const outcome of outcomes) {
    exporter.export([], (result) => {
      expect(result).toBe(outcome);
    });
  }
  return lines;
};

describe('a reporting exporter', () => {
  const warning = ['warn', 'traces cannot be sent to the collector', { cause: 'Forbidden' }];

  test('warns once while every attempt fails', () => {
    expect(logged([FAILED, FAILED, FAILED])).toEqual([warning]);
  });

  test('says when the collector takes traces again, and warns of the next failure', () => {
    const again = ['info', 'traces are sent to the collector again'];
    expect(logged([SENT, FAILED, SENT, SENT, FAILED])).toEqual([warning, again, warning]);
  });
});
