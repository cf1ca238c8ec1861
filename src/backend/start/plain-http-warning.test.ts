import { expect, it } from '@jest/globals';
import pino from 'pino';
import { warnOfPlainHttp } from './plain-http-warning.ts';

const warned = (
  config: { host: string; publishedHost?: string; publicUrl?: string },
  tls: boolean,
): readonly string[] => {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  expect(warnOfPlainHttp({ publicUrl: undefined, ...config }, tls, log)).toBe(lines.length);
  return lines;
};

it.each([
  [{ host: '0.0.0.0' }],
  [{ host: '::' }],
  [{ host: '192.0.2.7' }],
  [{ host: '0.0.0.0', publishedHost: '192.0.2.7' }],
  [{ host: '127.example.org' }],
  [{ host: '0.0.0.0', publicUrl: 'http://dashboard.example.org/' }],
])('warns of plain HTTP on %j', (config) => {
  expect(warned(config, false)).toEqual([expect.stringContaining('"code":"plain_http"')]);
});

it.each([
  [{ host: '127.0.0.1' }, false],
  [{ host: '127.8.0.1' }, false],
  [{ host: '::1' }, false],
  [{ host: 'localhost' }, false],
  [{ host: '0.0.0.0', publishedHost: '127.0.0.1' }, false],
  [{ host: '0.0.0.0', publicUrl: 'https://dashboard.example.org/' }, false],
  [{ host: '0.0.0.0' }, true],
] as const)('does not warn on %j with TLS %s', (config, tls) => {
  expect(warned(config, tls)).toEqual([]);
});
