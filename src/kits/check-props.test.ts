import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkProps } from './check-props.ts';

describe('properties', () => {
  test.each([
    ['server', { fed_learn_port: 8002, admin_port: 8002, host_names: ['a.org', '10.0.0.1', '::1'] }],
    ['server', { fed_learn_port: '8102', default_host: 'server.example.org', connection_security: 'TLS' }],
    ['client', { connect_to: 'proxy.example.org', listening_host: { port: 0, default_host: 'localhost' } }],
    ['client', { connect_to: { host: 'proxy', port: 443, connection_security: 'clear' }, own_note: 1 }],
    ['admin', { connect_to: { port: 443 } }],
    ['project', { scheme: 'http', allow_log_streaming: false }],
  ] as const)('of a %s that are right pass: %j', (section, props) => {
    expect(checkProps(section, props, '2.9')).toEqual([]);
  });

  test.each([
    ['server', { fed_learn_port: 0 }, 'fed_learn_port'],
    ['server', { fed_learn_port: 70000 }, 'fed_learn_port'],
    ['server', { default_host: 'a:b' }, 'default_host'],
    ['server', { host_names: ['ok.org', 'not ok'] }, 'host_names.1'],
    ['client', { capacity: { num_of_gpus: -1 } }, 'capacity.num_of_gpus'],
    ['client', { parent: 'a.b' }, 'parent'],
    ['client', { role: 'lead' }, 'role'],
    ['client', { custom_ca_cert: '/etc/passwd' }, 'custom_ca_cert'],
    ['project', { scheme: 'grpc; rm' }, 'scheme'],
    ['admin', { connection_security: 'none' }, 'connection_security'],
  ] as const)('of a %s that are wrong are named: %j', (section, props, path) => {
    expect(checkProps(section, props, '2.9').map((problem) => problem.path)).toContain(path);
  });

  test('with one port for both are refused before 2.7', () => {
    const props = { fed_learn_port: 8002, admin_port: 8002 };
    expect(checkProps('server', props, '2.6').map(({ path }) => path)).toEqual(['admin_port']);
  });

  test('of any shape are reported, never thrown', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (props) => {
        expect(Array.isArray(checkProps('client', props, '2.9'))).toBe(true);
      }),
    );
  });
});
