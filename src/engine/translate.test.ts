import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS, type ContainerSpec } from './spec.ts';
import { containerBody, type EngineTraits } from './translate.ts';

const docker: EngineTraits = { product: 'docker', rootless: false, selinux: false };
const withoutUser: ContainerSpec = {
  name: 'n',
  image: 'i:1',
  version: '1.0.0',
  folder: { host: '/p', container: '/c' },
  port: { host: 443, container: 8443 },
  restart: 'unless-stopped',
  environment: { A: 'b=c' },
  secretsOnStdin: true,
  hardened: true,
  limits: DEFAULT_LIMITS,
};
const spec: ContainerSpec = { ...withoutUser, user: { uid: 5, gid: 6 } };

describe('containerBody', () => {
  test.each([
    ['Docker as root', docker, { User: '5:6', mode: undefined }],
    ['rootless Docker', { ...docker, rootless: true }, { User: '0:0', mode: undefined }],
    [
      'rootless Podman',
      { product: 'podman', rootless: true, selinux: false } as const,
      { User: '5:6', mode: 'keep-id' },
    ],
  ])('on %s the folder belongs to the user inside', (_name, traits, expected) => {
    const body = containerBody(spec, traits);
    expect(body.User).toBe(expected.User);
    expect(body.HostConfig.UsernsMode).toBe(expected.mode);
  });

  test('SELinux is asked to relabel the folder, which only a bind can', () => {
    expect(containerBody(spec, { ...docker, selinux: true }).HostConfig).toMatchObject({
      Binds: ['/p:/c:rw,Z'],
      Mounts: [],
    });
    expect(containerBody(spec, docker).HostConfig).toMatchObject({
      Binds: [],
      Mounts: [{ Type: 'bind', Source: '/p', Target: '/c' }],
    });
  });

  test("leaves another program's image its writable root and its capabilities", () => {
    const body = containerBody(
      { ...spec, hardened: false, command: ['python3', '-m', 'x'], secretsOnStdin: false },
      docker,
    );
    expect(body).toMatchObject({ Entrypoint: ['python3', '-m', 'x'], OpenStdin: false });
    expect(body.HostConfig).toMatchObject({
      ReadonlyRootfs: false,
      CapDrop: [],
      Tmpfs: {},
      SecurityOpt: ['no-new-privileges'],
    });
  });

  test('without a user or a command the image decides', () => {
    const body = containerBody(withoutUser, docker);
    expect(Object.keys(body)).not.toContain('User');
    expect(Object.keys(body)).not.toContain('Entrypoint');
  });

  test('the environment keeps equals signs, and the port listens everywhere unless told', () => {
    const body = containerBody(spec, docker);
    expect(body.Env).toEqual(['A=b=c']);
    expect(body.HostConfig.PortBindings).toEqual({
      '8443/tcp': [{ HostIp: '', HostPort: '443' }],
    });
  });

  test('Podman is not asked for an init program or for a number of log files', () => {
    const { HostConfig } = containerBody(spec, { ...docker, product: 'podman' });
    expect(Object.keys(HostConfig)).not.toContain('Init');
    expect(Object.keys(HostConfig.LogConfig.Config)).toEqual(['max-size']);
  });
});
