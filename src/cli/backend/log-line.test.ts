import { expect, test } from '@jest/globals';
import { lineTime, readableLine } from './log-line.ts';

const LINE =
  '{"level":40,"time":"2026-11-28T09:00:01.250Z","code":"sealed","path":"/a b","n":1,"msg":"It is sealed."}';

test('writes time, level, message and the other fields', () => {
  expect(readableLine(LINE)).toBe('2026-11-28 09:00:01 WARN  It is sealed. code=sealed path="/a b" n=1');
});

test('writes of an error its message, without the stack', () => {
  const err = { type: 'MovedDatabaseError', message: 'db.sqlite was moved', stack: 'Error: at x.js:1:2' };
  const line = JSON.stringify({ level: 50, time: '2026-11-28T09:00:01.250Z', err, msg: 'request failed' });
  expect(readableLine(line)).toBe('2026-11-28 09:00:01 ERROR request failed err="db.sqlite was moved"');
});

test.each(['not JSON', '{"a":1}', '', 'null', '[1]'])('leaves the line %j as it is', (line) => {
  expect(readableLine(line)).toBe(line);
});

test('lets nothing of a line act on the terminal', () => {
  const line = '{"level":30,"time":"2026-11-28T09:00:01.250Z","msg":"a\\u001b[2Jb"}';
  expect(readableLine(line)).toBe('2026-11-28 09:00:01 INFO  a [2Jb');
});

test('tells when a line was written', () => {
  expect([lineTime(LINE), lineTime('not JSON')]).toEqual([Date.parse('2026-11-28T09:00:01.250Z'), undefined]);
});
