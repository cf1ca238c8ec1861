import { z } from 'zod';
import { OutdatedKitsResponse, type OutdatedKit } from '../../../contract/api/outdated-kits.ts';
import { ProjectResponse } from '../../../contract/api/project.ts';
import { ReissueChange, ReissuePlanResponse, type ReissuePlan } from '../../../contract/api/reissue.ts';
import { ROLES } from '../../../contract/roles.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import type { Handler } from '../../handler.ts';
import type { Report } from '../../output/output.ts';
import type { ApiClient } from '../../remote/api-client.ts';
import { connect } from '../../remote/find-connection.ts';
import { findAll, listUsers } from '../../remote/participants.ts';
import { readSettings } from '../project/project-set.handler.ts';
import type { RoleWord } from './role-change.ts';

const Raw = z.object({
  outdated: z.boolean().default(false),
  role: z.array(z.object({ email: z.string(), role: z.enum(ROLES) })).default([]),
  confirm: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .catch(''),
});
const PORTS = ['fed_learn_port', 'admin_port'] as const;
const MAX_PORT = 65_535;

const usage = (what: string) => CLI_ERRORS.usage({ what, command: 'reissue' });

const portOf = (name: string, text: string): number => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > MAX_PORT) {
    throw usage(`The value of ${name} is not a port.`);
  }
  return port;
};

/** Ports join the server's properties, which are otherwise kept. */
const withPorts = async (api: ApiClient, words: readonly string[]): Promise<object> => {
  const ports = words.map((word) => {
    const [name = '', text = ''] = word.split('=', 2);
    return [name, portOf(name, text)] as const;
  });
  if (ports.length === 0) {
    return {};
  }
  const { project } = await api.call(ProjectResponse, { path: '/project' });
  return { server_props: { ...project.server_props, ...Object.fromEntries(ports) } };
};

const rolesOf = async (api: ApiClient, wanted: readonly RoleWord[]): Promise<object> => {
  if (wanted.length === 0) {
    return {};
  }
  const users = findAll(
    await listUsers(api),
    wanted.map(({ email }) => email),
    'user',
  );
  return { roles: users.map(({ id }, index) => ({ user: id, role: wanted[index]?.role })) };
};

const changeOf = async (
  api: ApiClient,
  words: readonly string[],
  roles: readonly RoleWord[],
): Promise<ReissueChange> => {
  const isPort = (word: string): boolean => PORTS.some((name) => word.startsWith(`${name}=`));
  const change = ReissueChange.safeParse({
    ...readSettings(words.filter((word) => !isPort(word))),
    ...(await withPorts(api, words.filter(isPort))),
    ...(await rolesOf(api, roles)),
  });
  if (!change.success) {
    throw usage(`A re-issue changes only ${Object.keys(ReissueChange.shape).join(', ')} and the ports.`);
  }
  return change.data;
};

const EFFECTS = {
  kit: 'new kit, same certificate',
  certificate: 'new certificate',
  added: 'added',
  removed: 'removed',
} as const;

const linesOf = ({ changes, kits, unchanged }: ReissuePlan): readonly string[] => [
  ...changes.map(({ field, before, after }) => `${field}: ${before === '' ? '-' : before} -> ${after}`),
  ...kits.flatMap(({ kind, name, effect, certificate, files, serials }) => [
    `${kind} ${name}: ${EFFECTS[effect]}${serials.length === 0 ? '' : ` (${serials.join(', ')})`}`,
    ...certificate.map(({ field, before, after }) => `  ${field}: ${before} -> ${after}`),
    ...(effect === 'kit' ? [`  ${files.join(', ')}`] : []),
  ]),
  `Kits that stay as they are: ${unchanged}`,
];

const outdatedLinesOf = (kits: readonly OutdatedKit[]): readonly string[] =>
  kits.flatMap(({ kind, name, effect, causes, certificate, files, message }) => [
    `${kind} ${name}: ${effect === 'blocked' ? `no kit can be made: ${message ?? ''}` : EFFECTS[effect]}`,
    ...(causes.length === 0 ? [] : [`  changed: ${causes.join(', ')}`]),
    ...certificate.map(({ field, before, after }) => `  ${field}: ${before} -> ${after}`),
    ...(files.length === 0 ? [] : [`  ${files.join(', ')}`]),
  ]);

const outdatedKits = async (api: ApiClient): Promise<readonly OutdatedKit[]> => {
  const found: OutdatedKit[] = [];
  for (let after: number | undefined = 0; after !== undefined;) {
    const path = `/kits/outdated?after=${after}`;
    const page: OutdatedKitsResponse = await api.call(OutdatedKitsResponse, { path });
    found.push(...page.kits);
    after = page.next;
  }
  return found;
};

/** `dashboard reissue --outdated` */
const listOutdated = async (api: ApiClient): Promise<Report> => {
  const kits = await outdatedKits(api);
  return {
    data: { kits },
    lines: kits.length === 0 ? ['All kits in use are as they would be now.'] : outdatedLinesOf(kits),
  };
};

/** `dashboard reissue`: without --confirm it only prints the plan. */
export const reissue: Handler = async (flags, words, { runtime, signal }) => {
  const { role, confirm, outdated } = Raw.parse(flags);
  if (outdated) {
    if (words.length > 0 || role.length > 0 || confirm !== undefined) {
      throw usage('--outdated stands alone.');
    }
    return listOutdated(await connect(flags, runtime, signal));
  }
  if (words.length === 0 && role.length === 0) {
    throw usage('There is nothing to change: give SETTING=VALUE or --role EMAIL=ROLE.');
  }
  if (confirm === '') {
    throw usage('--confirm takes the version that the plan printed.');
  }
  const api = await connect(flags, runtime, signal);
  const change = await changeOf(api, words, role);
  const call = confirm === undefined ? { path: '/reissue/plan' } : { path: '/reissue' };
  const body = confirm === undefined ? change : { ...change, version: confirm };
  const { plan } = await api.call(ReissuePlanResponse, { method: 'POST', ...call, body });
  if (confirm !== undefined) {
    return {
      data: { state: 'changed', plan },
      lines: [...linesOf(plan), 'Done. Everybody named here needs the next kit.'],
    };
  }
  return {
    data: { state: 'planned', plan },
    lines: [
      ...linesOf(plan),
      ...(plan.changes.length === 0
        ? ['Nothing to do.']
        : [
            'Nothing was changed. To do exactly this, run the same command with:',
            `--confirm ${plan.version}`,
          ]),
    ],
  };
};
