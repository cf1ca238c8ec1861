import type { TargetRelease } from '../../contract/releases.ts';
import { isAtLeast } from '../../contract/releases.ts';
import { kitJson } from '../json.ts';

const policy = (since29: Readonly<Record<string, string>>): string =>
  kitJson({
    format_version: '1.0',
    permissions: {
      project_admin: 'any',
      org_admin: {
        submit_job: 'none',
        clone_job: 'none',
        manage_job: 'o:submitter',
        download_job: 'o:submitter',
        view: 'any',
        operate: 'o:site',
        shell_commands: 'o:site',
        byoc: 'none',
        ...since29,
      },
      lead: {
        submit_job: 'any',
        clone_job: 'n:submitter',
        manage_job: 'n:submitter',
        download_job: 'n:submitter',
        view: 'any',
        operate: 'o:site',
        shell_commands: 'o:site',
        byoc: 'any',
        ...since29,
      },
      member: { view: 'any' },
    },
  });

const OF_2_9 = policy({ 'server-predeployed-flwr': 'none' });
const BEFORE = policy({});

/** local/authorization.json.default: who may do what at this site; without this file everyone may do everything. */
export const authorization = (release: TargetRelease): string =>
  isAtLeast(release, '2.9') ? OF_2_9 : BEFORE;
