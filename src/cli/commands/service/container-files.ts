import { CONTAINER, ENVIRONMENT, SECRET_FILES } from '../../../contract/environment.ts';
import { publishedAddress, publishedEnvironment, urlHost } from '../../deployment/listen-address.ts';
import { DEFAULT_LIMITS } from '../../../engine/spec.ts';
import { MARK, type ServicePlan } from './service-plan.ts';
import { commandText, commandWord, escaped, quoted } from './systemd-unit.ts';

const MIB = 1024 ** 2;
const STOP_SECONDS = 60;

/** The variable that names the file of each secret. */
const FILE_VARIABLE = { passphrase: SECRET_FILES.passphrase[0], cred: SECRET_FILES.credential[0] } as const;

const secretsOf = ({ secrets }: ServicePlan) =>
  (['passphrase', 'cred'] as const).flatMap((name) => {
    const path = secrets[name];
    return path === undefined ? [] : [{ name, path, variable: FILE_VARIABLE[name] }];
  });

const environmentOf = (plan: ServicePlan): Readonly<Record<string, string>> => ({
  ...publishedEnvironment(plan.environment),
  [ENVIRONMENT.webRoot]: CONTAINER.folder,
  [ENVIRONMENT.webPort]: String(CONTAINER.port),
  ...Object.fromEntries(
    secretsOf(plan).map(({ name, variable }) => [variable, `/run/secrets/${secretName(plan, name)}`]),
  ),
});

const publishedPort = ({ settings, environment }: ServicePlan): string => {
  const address = publishedAddress(environment);
  return `${address === undefined ? '' : `${urlHost(address)}:`}${settings.port}:${CONTAINER.port}`;
};

/** Name of a secret that Podman or Compose keeps for a dashboard. */
export const secretName = ({ settings }: ServicePlan, name: 'passphrase' | 'cred'): string =>
  `${settings.name}-${name}`;

/** Returns what the owner of the service has to type before the first start: Podman keeps secrets itself. */
export const quadletSecretCommands = (plan: ServicePlan): readonly string[] =>
  secretsOf(plan).map(({ name, path }) => `podman secret create ${secretName(plan, name)} ${quoted(path)}`);

const QUADLET_RESTART = { no: 'no', 'on-failure': 'on-failure', 'unless-stopped': 'always' } as const;

/** Writes a quadlet file (podman-systemd.unit(5)). Pure. */
export const quadletFile = (plan: ServicePlan): string => {
  const { settings, image, user, owner } = plan;
  const { memoryBytes, processes, tmpBytes } = DEFAULT_LIMITS;
  const tmpfs = `/tmp:rw,noexec,nosuid,nodev,size=${tmpBytes / MIB}m,mode=1777`;
  const lines = [
    MARK,
    '[Unit]',
    `Description=NVIDIA FLARE dashboard of ${escaped(settings.folder)}`,
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Container]',
    `ContainerName=${settings.name}`,
    `Image=${commandText(image)}`,
    `User=${owner.uid}`,
    `Group=${owner.gid}`,
    ...(user ? ['UserNS=keep-id'] : []),
    `PublishPort=${publishedPort(plan)}`,
    // The generator takes it as it stands, and writes it into the command line of its unit.
    `Volume=${commandText(`${settings.folder}:${CONTAINER.folder}:Z`)}`,
    ...Object.entries(environmentOf(plan)).map(
      ([name, value]) => `Environment=${commandWord(`${name}=${value}`)}`,
    ),
    ...secretsOf(plan).map(
      ({ name }) => `Secret=${secretName(plan, name)},type=mount,uid=${owner.uid},gid=${owner.gid},mode=0400`,
    ),
    'ReadOnly=true',
    'DropCapability=all',
    'NoNewPrivileges=true',
    'RunInit=true',
    `PodmanArgs=--tmpfs ${tmpfs} --pids-limit ${processes} --memory ${memoryBytes / MIB}m`,
    '',
    '[Service]',
    `Restart=${QUADLET_RESTART[settings.restart]}`,
    `TimeoutStopSec=${STOP_SECONDS}`,
    '',
    '[Install]',
    `WantedBy=${user ? 'default.target' : 'multi-user.target'}`,
  ];
  return `${lines.join('\n')}\n`;
};

/** In a compose file `$` begins a variable. */
const plain = (text: string): string => text.replaceAll('$', '$$$$');

/** Builds a file of the Compose specification, which the older format 3 understands as well. Pure. */
export const composeDocument = (plan: ServicePlan): Readonly<Record<string, unknown>> => {
  const { settings, image, owner } = plan;
  const { memoryBytes, processes, tmpBytes, logFileBytes, logFiles } = DEFAULT_LIMITS;
  const secrets = secretsOf(plan);
  const environment = Object.entries(environmentOf(plan)).map(
    ([name, value]) => [name, plain(value)] as const,
  );
  return {
    services: {
      dashboard: {
        image: plain(image),
        container_name: settings.name,
        user: `${owner.uid}:${owner.gid}`,
        ports: [publishedPort(plan)],
        volumes: [{ type: 'bind', source: plain(settings.folder), target: CONTAINER.folder }],
        environment: Object.fromEntries(environment),
        ...(secrets.length === 0 ? {} : { secrets: secrets.map(({ name }) => secretName(plan, name)) }),
        restart: settings.restart,
        init: true,
        read_only: true,
        tmpfs: [`/tmp:rw,noexec,nosuid,nodev,size=${tmpBytes / MIB}m,mode=1777`],
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        pids_limit: processes,
        mem_limit: `${memoryBytes / MIB}m`,
        stop_grace_period: `${STOP_SECONDS}s`,
        logging: {
          driver: 'json-file',
          options: { 'max-size': `${logFileBytes / MIB}m`, 'max-file': String(logFiles) },
        },
      },
    },
    ...(secrets.length === 0
      ? {}
      : {
          secrets: Object.fromEntries(
            secrets.map(({ name, path }) => [secretName(plan, name), { file: plain(path) }]),
          ),
        }),
  };
};
