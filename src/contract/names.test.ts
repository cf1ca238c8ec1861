import { describe, expect, test } from '@jest/globals';
import { Email, HostName, OrganizationName, Pin, ProjectShortName, SiteName } from './names.ts';

const accepted = (schema: { safeParse: (text: string) => { success: boolean } }, text: string): boolean =>
  schema.safeParse(text).success;

describe.each([
  [
    'e-mail',
    Email,
    [
      'a@b.co',
      'first.last+tag@sub.example.org',
      "o'brien@h.org",
      'r&d@h.org',
      '_x-1~@1-2.org',
      'a@xn--mller-kva.xn--p1ai',
    ],
    [
      ...['a@b', 'a b@c.org', '@c.org', `${'x'.repeat(60)}@c.org`, '..@..aa', '.@h.org', '%00@h.org'],
      ...['a.@h.org', '.a@h.org', 'a..b@h.org', 'a@-h.org', 'a@h-.org', 'a@h..org', 'a@.org', 'a@h.o1'],
      ...[
        'a/b@h.org',
        '../x@h.org',
        'a`id`@h.org',
        'a$x@h.org',
        'a@h.org\n',
        'ä@h.org',
        'a@b@h.org',
        'a:b@h.org',
      ],
      `a@${'x'.repeat(64)}.org`,
    ],
  ],
  [
    'organization',
    OrganizationName,
    ['Hospital_1', 'x'.repeat(64)],
    ['', 'My Hospital', 'a-b', 'x'.repeat(65)],
  ],
  [
    'site',
    SiteName,
    ['site-1', 'A_b', 'server-1', 'client'],
    ['', 'ok.3', 'my site', '../x', 'x'.repeat(65), 'server', 'ALL', '_admin_5f2c'],
  ],
  [
    'host name',
    HostName,
    ['localhost', 's1.example.org', '10.0.0.1', 'node-1', '0xa.org', '1.lab.org', `${'x'.repeat(63)}.org`],
    [
      ...['', 'a_b.org', '-a.org', 'a..b', 'a.org.', '*.example.org', `${'x'.repeat(64)}.org`],
      ...['010.0.0.1', '10.1', '167772161', '0x0a000001', '0xa.0.0.1', '10.0.0.256', 'a.org.1', '10.0.0.1.'],
    ],
  ],
  [
    'short name',
    ProjectShortName,
    ['EXAM', 'My project 1', 'x'.repeat(63)],
    ['', ' x', 'x/y', 'x'.repeat(64), 'a"b'],
  ],
  ['PIN', Pin, ['1234', 'aB3d'], ['123', 'abc!', '', 'x'.repeat(65)]],
])('%s', (_name, schema, good, bad) => {
  test.each(good)('takes %j', (text) => {
    expect(accepted(schema, text)).toBe(true);
  });
  test.each(bad)('refuses %j', (text) => {
    expect(accepted(schema, text)).toBe(false);
  });
});
