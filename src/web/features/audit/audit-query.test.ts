import { expect, test } from '@jest/globals';
import { auditQuery } from './audit-query.ts';

const local = (text: string) => new Date(text).toISOString();

test('whole days are asked for, the last one included', () => {
  expect(auditQuery({ q: 'approve', action: 'user.deny', from: '2026-02-27', to: '2026-02-28' })).toEqual({
    q: 'approve',
    action: 'user.deny',
    since: local('2026-02-27T00:00:00'),
    until: local('2026-03-01T00:00:00'),
  });
});

test('nothing is asked for that is not there, or is no day', () => {
  expect(auditQuery({ q: '', action: '', from: '', to: 'yesterday' })).toEqual({});
});
