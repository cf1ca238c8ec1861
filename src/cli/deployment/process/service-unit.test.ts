import { expect, test } from '@jest/globals';
import { unitIn } from './service-unit.ts';

test.each([
  ['0::/system.slice/nvflare-dashboard.service\n', { name: 'nvflare-dashboard.service', user: false }],
  [
    '12:pids:/docker/06c4\n1:name=systemd:/docker/06c4/system.slice/nvflare-dashboard.service\n',
    { name: 'nvflare-dashboard.service', user: false },
  ],
  [
    '0::/user.slice/user-1000.slice/user@1000.service/app.slice/nvflare-dashboard.service\n',
    { name: 'nvflare-dashboard.service', user: true },
  ],
  ['0::/user.slice/user-1000.slice/session-3.scope\n', undefined],
  ['0::/\n', undefined],
  ['', undefined],
])('finds the unit in %j', (cgroups, unit) => {
  expect(unitIn(cgroups)).toEqual(unit);
});
