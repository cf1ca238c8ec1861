import { expect, test } from '@jest/globals';
import { normalizeName } from './normalize-name.ts';

test.each([
  ['FLServer.Example.ORG.', 'flserver.example.org'],
  ['10.0.0.1', '10.0.0.1'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['lead@Clinic.org', 'lead@clinic.org'],
])('compares %s as %s', (name, normalized) => {
  expect(normalizeName(name)).toBe(normalized);
});
