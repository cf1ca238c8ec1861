import { describe, expect, test } from '@jest/globals';
import { keysWithoutEffect } from './keys-without-effect.ts';

describe('keys without effect', () => {
  test.each([
    ['server', { fed_learn_port: 8002, conect_to: 'x', scheme: 'grpc' }, ['conect_to', 'scheme']],
    [
      'client',
      { connect_to: { host: 'p.org', prot: 1 }, capacity: { num_gpus: 2 } },
      ['connect_to.prot', 'capacity.num_gpus'],
    ],
    ['client', { listening_host: { port: 0, default_host: 'a.org' } }, []],
    ['client', { connect_to: 'p.org', listening_host: 'a.org', parent: 'site-1' }, []],
    ['client', { connect_to: { name: 'relay-1' } }, []],
    ['server', { host_names: 'a.org', use_aio: true, admin_port: '8003' }, []],
    ['project', { scheme: 'tcp', allow_log_streeming: true }, ['allow_log_streeming']],
    ['admin', { connect_to: { port: 1 }, parent: 'x' }, ['parent']],
    ['project', { scheme: 7, typo: 1 }, []],
  ] as const)('of a %s in %j are named', (section, props, keys) => {
    expect(keysWithoutEffect(section, props)).toEqual(keys);
  });
});
