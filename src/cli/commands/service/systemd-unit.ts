import { MARK, type ServicePlan } from './service-plan.ts';

const FIRST_UNPRIVILEGED = 1024;

/** Escapes specifiers, for values that systemd expands (systemd.unit(5)). */
export const escaped = (text: string): string => text.replaceAll('%', '%%');

/** Quotes one word of a list or command line (systemd.syntax(7)). */
export const quoted = (text: string): string => {
  const inner = escaped(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? inner : `"${inner}"`;
};

const withoutVariables = (text: string): string => text.replaceAll('$', '$$$$');

/** In command lines `$` begins a variable, too. */
export const commandWord = (text: string): string => withoutVariables(quoted(text));

/** Escapes a whole value that ends up in a command line, where quotes would belong to it. */
export const commandText = (text: string): string => withoutVariables(escaped(text));

const inTemporary = (folder: string): boolean => /^(?:\/var)?\/tmp\//.test(`${folder}/`);

const hardening = ({ settings, user }: ServicePlan): readonly string[] => [
  'NoNewPrivileges=yes',
  ...(user
    ? []
    : [
        ...(inTemporary(settings.folder) ? [] : ['PrivateTmp=yes']),
        'ProtectSystem=strict',
        'ProtectHome=read-only',
        `ReadWritePaths=${quoted(settings.folder)}`,
        'ProtectKernelTunables=yes',
        'ProtectControlGroups=yes',
        'RestrictSUIDSGID=yes',
      ]),
];

/** Writes the unit of a plain process (systemd.service(5)). Pure. */
export const systemdUnit = (plan: ServicePlan): string => {
  const { settings, options, user, owner, program, secrets } = plan;
  const { folder, port } = settings;
  const words = [...program, 'start', '--local', '--foreground', '--folder', folder, ...options];
  const lowPort = !user && owner.uid !== 0 && port < FIRST_UNPRIVILEGED;
  const lines = [
    MARK,
    '[Unit]',
    `Description=NVIDIA FLARE dashboard of ${escaped(folder)}`,
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    'Type=notify',
    'NotifyAccess=all',
    ...(user ? [] : [`User=${owner.uid}`, `Group=${owner.gid}`]),
    `WorkingDirectory=${escaped(folder)}`,
    `ExecStart=${words.map(commandWord).join(' ')}`,
    ...Object.entries(secrets).map(([name, path]) => `LoadCredential=${name}:${escaped(path)}`),
    'Restart=on-failure',
    'RestartSec=5',
    '# Wrong usage or a missing input: a person has to act.',
    'RestartPreventExitStatus=2',
    `TimeoutStartSec=${settings.timeoutSeconds + 30}`,
    'TimeoutStopSec=60',
    ...(lowPort ? ['AmbientCapabilities=CAP_NET_BIND_SERVICE'] : []),
    ...hardening(plan),
    '',
    '[Install]',
    `WantedBy=${user ? 'default.target' : 'multi-user.target'}`,
  ];
  return `${lines.join('\n')}\n`;
};
