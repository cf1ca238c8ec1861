import { expect, test } from '@jest/globals';
import { countStages, organizationStages } from './organization-stages.ts';

test('takes each organization for the furthest stage that it has reached', () => {
  const sites = [
    { name: 'North', state: 100, sites: 3, withKit: 2 },
    { name: 'South', state: 200, sites: 1, withKit: 0 },
    { name: 'East', state: 0, sites: 1, withKit: 0 },
  ];
  const found = organizationStages(
    sites,
    ['North', 'West'],
    ['North', 'West', 'Islands'],
    [
      { name: 'North', display_name: 'North Hospital' },
      { name: 'Valley', display_name: 'Valley Clinic' },
    ],
  );
  expect(found.map(({ name, stage }) => [name, stage])).toEqual([
    ['East', 'signed_up'],
    ['Islands', 'invited'],
    ['North', 'ready'],
    ['South', 'approved'],
    ['Valley', 'created'],
    ['West', 'signed_up'],
  ]);
  expect(found.map(({ display_name }) => display_name).filter((name) => name !== '')).toEqual([
    'North Hospital',
    'Valley Clinic',
  ]);
  expect(countStages(found)).toEqual({ created: 1, invited: 1, signed_up: 2, approved: 1, ready: 1 });
});

test('counts nothing without organizations', () => {
  expect(countStages(organizationStages([], [], [], []))).toEqual({
    created: 0,
    invited: 0,
    signed_up: 0,
    approved: 0,
    ready: 0,
  });
});
