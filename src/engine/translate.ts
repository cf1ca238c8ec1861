import { specLabels, type ContainerSpec } from './spec.ts';

/** The engine's properties that decide how a spec is translated. */
export interface EngineTraits {
  readonly product: 'docker' | 'podman';
  readonly rootless: boolean;
  readonly selinux: boolean;
}

const identity = (
  user: NonNullable<ContainerSpec['user']>,
  { product, rootless }: EngineTraits,
): { readonly User: string; readonly UsernsMode?: string } => {
  const User = `${user.uid}:${user.gid}`;
  if (!rootless) {
    return { User };
  }
  // Inside a rootless engine's user namespace, root is the host's user, and no other ID can reach the folder.
  return product === 'podman' ? { User, UsernsMode: 'keep-id' } : { User: '0:0' };
};

const folderMount = (folder: ContainerSpec['folder'], { selinux }: EngineTraits) =>
  // A mount cannot ask for SELinux's relabelling, only a bind's suffix can.
  selinux
    ? { Binds: [`${folder.host}:${folder.container}:rw,Z`], Mounts: [] }
    : {
        Binds: [],
        Mounts: [
          {
            Type: 'bind' as const,
            Source: folder.host,
            Target: folder.container,
            ReadOnly: false,
          },
        ],
      };

const hardening = (spec: ContainerSpec) =>
  spec.hardened
    ? {
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        Tmpfs: { '/tmp': `rw,noexec,nosuid,nodev,size=${spec.limits.tmpBytes},mode=1777` },
      }
    : { ReadonlyRootfs: false, CapDrop: [], SecurityOpt: ['no-new-privileges'], Tmpfs: {} };

/** Translates a spec into the engine's request body. Pure. */
export const containerBody = (spec: ContainerSpec, traits: EngineTraits) => {
  const { User, UsernsMode } =
    spec.user === undefined ? {} : { UsernsMode: undefined, ...identity(spec.user, traits) };
  const port = `${spec.port.container}/tcp`;
  return {
    Image: spec.image,
    ...(User === undefined ? {} : { User }),
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Labels: { ...specLabels(spec) },
    ExposedPorts: { [port]: {} },
    // A custom command replaces the image's entry point.
    ...(spec.command === undefined ? {} : { Entrypoint: [...spec.command] }),
    Tty: false,
    AttachStdin: spec.secretsOnStdin,
    OpenStdin: spec.secretsOnStdin,
    StdinOnce: spec.secretsOnStdin,
    HostConfig: {
      ...folderMount(spec.folder, traits),
      ...hardening(spec),
      ...(UsernsMode === undefined ? {} : { UsernsMode }),
      PortBindings: {
        [port]: [{ HostIp: spec.port.address ?? '', HostPort: String(spec.port.host) }],
      },
      RestartPolicy: { Name: spec.restart },
      Memory: spec.limits.memoryBytes,
      MemorySwap: spec.limits.memoryBytes,
      PidsLimit: spec.limits.processes,
      // Podman needs a separate program for this, which is often not installed.
      ...(traits.product === 'docker' ? { Init: true } : {}),
      LogConfig: {
        Type: 'json-file',
        Config: {
          'max-size': String(spec.limits.logFileBytes),
          ...(traits.product === 'docker' ? { 'max-file': String(spec.limits.logFiles) } : {}),
        },
      },
    },
  };
};
