import { lookup } from 'node:dns/promises';
import type { ProjectChecksResponse } from '../../../contract/api/properties.ts';
import { sinceRelease } from '../../../contract/kit-settings.ts';
import { ownKeyNameWarnings } from '../../../contract/own-key-names.ts';
import { authorize } from '../../auth/authorization.ts';
import { requireCurrent } from '../../auth/current-requester.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { fileProperties } from './file-properties.ts';
import { readProject } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { kitSettingWarnings, previewWarnings } from './kit-settings.ts';
import { missingToFreeze, projectProblems } from './project-fields.ts';

type Check = ProjectChecksResponse['checks'][number];
type PropertyProblem = { readonly path: string; readonly message: string };

const RESOLVE_MS = 3000;
const DAY_MS = 86_400_000;

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
    ? {
        name,
        outcome: 'ok',
        code: 'host_known',
        value: host,
        message: `${host} is known to this machine's name service.`,
      }
    : {
        name,
        outcome: 'warning',
        code: 'host_unknown',
        value: host,
        message: `${host} cannot be resolved from here; sites and users must be able to when they connect.`,
      };

const hostChecks = (row: ProjectRow): Promise<Check[]> => {
  const hosts = row.ha_mode === 0 ? (['server1'] as const) : (['server1', 'server2', 'overseer'] as const);
  return Promise.all(hosts.filter((name) => row[name] !== '').map((name) => hostCheck(name, row[name])));
};

const nameChecks = (row: ProjectRow): readonly Check[] =>
  ownKeyNameWarnings(row.short_name).map(({ path, message }) => ({
    name: path,
    outcome: 'warning',
    code: 'own_key_name',
    value: '',
    message,
  }));

const settingChecks = (row: ProjectRow): readonly Check[] =>
  kitSettingWarnings(row).map(({ path, message }) => ({
    name: path,
    outcome: 'warning',
    code: 'no_effect',
    value: sinceRelease(path),
    message,
  }));

const releaseChecks = (row: ProjectRow): readonly Check[] =>
  previewWarnings(row).map(({ path, message }) => ({
    name: path,
    outcome: 'warning',
    code: 'preview',
    value: row.target_release,
    message,
  }));

const keyChecks = ({ rootCa }: ServiceContext): readonly Check[] =>
  rootCa.keyWillBeInClear()
    ? [
        {
          name: 'passphrase',
          outcome: 'warning',
          code: 'key_in_clear',
          value: '',
          message:
            "The dashboard was started without a passphrase: the root CA's key will be stored unencrypted. Start it with --generate-passphrase FILE or --passphrase-file FILE before you freeze.",
        },
      ]
    : [];

/** Certificates that expire while the project runs would have to be renewed in the middle of it. */
const validityChecks = (row: ProjectRow, now: Date): readonly Check[] => {
  const end = Date.parse(row.end_date);
  const expiresBefore = (days: number) => now.getTime() + days * DAY_MS < end;
  const early = (name: 'leaf_valid_days' | 'root_valid_days', code: Check['code'], what: string): Check => ({
    name,
    outcome: 'warning',
    code,
    value: row.end_date,
    message: `${what} downloaded today expires before the end of the project on ${row.end_date}.`,
  });
  return [
    ...(expiresBefore(row.root_valid_days)
      ? [early('root_valid_days', 'root_expires_early', 'The root certificate of kits')]
      : []),
    ...(expiresBefore(row.leaf_valid_days)
      ? [early('leaf_valid_days', 'certificates_expire_early', 'The certificate of a kit')]
      : []),
  ];
};

/**
 * Returns what should be looked at before the project is frozen: what is missing or wrong, whether host names are known
 * here, whether the properties file can be used. Nothing is changed.
 */
export const checkProject = async (
  context: ServiceContext,
  requester: Requester,
): Promise<{ ready: boolean; checks: Check[] }> => {
  authorize(requester.principal, 'project.check');
  const row = await readProject(context.db.reader);
  const file = await fileProperties(context.db.reader, context.config.webRoot, row);
  const ofProject = [...missingToFreeze(row), ...projectProblems(row, row, row)].map(
    ({ path, code, message }): Check => ({
      name: path,
      outcome: 'error',
      code: code === 'missing' ? 'missing' : 'invalid',
      value: '',
      message,
    }),
  );
  const ofFile = (found: readonly PropertyProblem[], outcome: 'error' | 'warning') =>
    found.map(({ path, message }): Check => ({
      name: `${file.source} ${path}`.trim(),
      outcome,
      code: 'property',
      value: '',
      message,
    }));
  const errors = [...ofProject, ...ofFile(file.problems, 'error')];
  const checks = [
    ...errors,
    ...ofFile(file.warnings, 'warning'),
    ...nameChecks(row),
    ...settingChecks(row),
    ...releaseChecks(row),
    ...keyChecks(context),
    ...validityChecks(row, context.now()),
    ...(await hostChecks(row)),
  ];
  await requireCurrent(context.db.reader, requester, context.now());
  return { ready: errors.length === 0 && row.frozen === 0, checks };
};
