import { expect, test } from '@jest/globals';
import { byOrganization, matching } from './by-organization.ts';
import type { Request } from './requests.ts';

const request = (name: string, organization: string): Request => ({
  kind: 'client',
  id: 1,
  name,
  title: name,
  organization,
  state: 0,
  downloads: 0,
  objections: [],
  version: undefined,
  role: '',
  gpus: 0,
  since: '',
  reason: '',
  similar: [],
  unconfirmed: false,
});

const REQUESTS = [request('north-1', 'North'), request('south-1', 'South'), request('north-2', 'North')];

test('puts the requests of an organization together, the longest waiting first', () => {
  expect(
    byOrganization(REQUESTS).map(({ organization, requests }) => [
      organization,
      requests.map(({ name }) => name),
    ]),
  ).toEqual([
    ['North', ['north-1', 'north-2']],
    ['South', ['south-1']],
  ]);
});

test('finds requests by a part of the name or the organization, whatever the case', () => {
  expect(matching(REQUESTS, ' SOUTH ').map(({ name }) => name)).toEqual(['south-1']);
  expect(matching(REQUESTS, '-2').map(({ name }) => name)).toEqual(['north-2']);
  expect(matching(REQUESTS, '')).toEqual(REQUESTS);
});
