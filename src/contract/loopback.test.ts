import { expect, test } from '@jest/globals';
import { isLoopback } from './loopback.ts';

test.each([
  ...['localhost', 'LOCALHOST', '127.0.0.1', '127.8.0.255', '::1', '[::1]', '0:0:0:0:0:0:0:1'],
  ...['::ffff:127.0.0.1', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '::ffff:7fff:1'],
])('takes %s for this host', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each([
  ...['127.example.org', '127.0.0.1.example.org', '127.0.0.256', '127.1', '1127.0.0.1', '128.0.0.1'],
  ...['localhost.example.org', 'localhost.', 'mylocalhost', '0.0.0.0', '::', '[::]', '::11', ''],
  ...['::ffff:192.0.2.7', '[::ffff:7e00:1]', '::ffff:127.example.org', '[localhost]', '[127.0.0.1]'],
])('takes %j for another host', (host) => {
  expect(isLoopback(host)).toBe(false);
});
