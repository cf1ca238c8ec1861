import { lookup } from 'node:dns/promises';
import type { ProjectChecksResponse } from '../../../contract/api/properties.ts';
import { authorize } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { fileProperties } from './file-properties.ts';
import { readProject } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { missingToFreeze, projectProblems } from './project-fields.ts';

type Check = ProjectChecksResponse['checks'][number];

const RESOLVE_MS = 3000;

const resolvable = async (host: string): Promise<boolean> => {
  const signal = AbortSignal.timeout(RESOLVE_MS);
  const late = new Promise<boolean>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(false);
    });
  });
  const found = lookup(host).then(
    () => true,
    () => false,
  );
  return Promise.race([found, late]);
};

const hostCheck = async (name: string, host: string): Promise<Check> =>
  (await resolvable(host))
    ? { name, outcome: 'ok', message: `${host} is known to this machine's name service.` }
    : {
        name,
        outcome: 'warning',
        message: `${host} cannot be resolved from here; sites and users must be able to when they connect.`,
      };

const hostChecks = (row: ProjectRow): Promise<Check[]> => {
  const hosts = row.ha_mode === 0 ? (['server1'] as const) : (['server1', 'server2', 'overseer'] as const);
  return Promise.all(hosts.filter((name) => row[name] !== '').map((name) => hostCheck(name, row[name])));
};

const keyChecks = ({ authority }: ServiceContext): readonly Check[] =>
  authority.keyWillBeInClear()
    ? [
        {
          name: 'passphrase',
          outcome: 'warning',
          message:
            "The dashboard was started without a passphrase: the root CA's key will be stored unencrypted. Start it with --generate-passphrase FILE or --passphrase-file FILE before you freeze.",
        },
      ]
    : [];

/**
 * What should be looked at before the project is frozen: what is missing or wrong, whether host names are known
 * here, whether the properties file can be used. Nothing is changed.
 */
export const checkProject = async (
  context: ServiceContext,
  requester: Requester,
): Promise<{ ready: boolean; checks: Check[] }> => {
  authorize(requester.principal, 'project.check');
  const row = await readProject(context.db.reader);
  const file = await fileProperties(context.db.reader, context.config.webRoot, row);
  const problems = [
    ...missingToFreeze(row),
    ...projectProblems(row, row),
    ...file.problems.map(({ path, message }) => ({ path: `${file.source} ${path}`.trim(), message })),
  ];
  const errors = problems.map(({ path, message }): Check => ({ name: path, outcome: 'error', message }));
  const warnings = file.warnings.map(({ path, message }): Check => ({
    name: `${file.source} ${path}`,
    outcome: 'warning',
    message,
  }));
  const checks = [...errors, ...warnings, ...keyChecks(context), ...(await hostChecks(row))];
  await requireCurrent(context.db.reader, requester, context.now());
  return { ready: errors.length === 0 && row.frozen === 0, checks };
};
