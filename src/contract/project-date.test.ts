import { describe, expect, test } from '@jest/globals';
import { ProjectDate } from './project-date.ts';

describe('project date', () => {
  test.each([
    '',
    'Mon Nov 23 2026',
    'Nov 23, 2026',
    '2026-11-23',
    '2024-02-29',
    '2026-11-23T10:00:00Z',
    '2026-11-23T10:00:00.000+01:00',
    '2026-11-23 10:00',
    'Mon, 23 Nov 2026 20:34:11 GMT',
    '11/23/2026',
  ])('keeps %j as it was sent', (text) => {
    expect(ProjectDate.parse(text)).toBe(text);
  });

  test.each([
    'soon',
    'Invalid Date',
    'foo 1',
    '1',
    ' ',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    'Mon Feb 30 2026',
    '13/40/2026',
    'Mon Nov 23 2026; DROP',
    '2026-11-23T',
    'Tue Foo 23 2026',
    '0000-00-00',
  ])('rejects %j', (text) => {
    expect(ProjectDate.safeParse(text).success).toBe(false);
  });
});
