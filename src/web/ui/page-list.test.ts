import { expect, test } from '@jest/globals';
import { isViewAddress } from '../../contract/page-addresses.ts';
import { FORMER_ADDRESSES, PATHS } from './page-list.ts';

test.each(Object.values(PATHS))('the backend knows the view at %s', (path) => {
  expect(isViewAddress(path, false)).toBe(true);
});

test.each(['/sites/7', '/users/7', '/organizations/North', '/sites/'])(
  'the backend knows the view at %s',
  (path) => {
    expect(isViewAddress(path, false)).toBe(true);
  },
);

test.each(Object.keys(FORMER_ADDRESSES))(
  'the backend knows the former address "%s" below its prefix',
  (former) => {
    expect(isViewAddress(`/${former}`, true)).toBe(true);
  },
);

test.each(['/nowhere', '/sites/7/more', '/user-dashboard', '/Users'])('there is no view at %s', (path) => {
  expect(isViewAddress(path, false)).toBe(false);
});
