import type { ServiceFinding } from '../../../contract/service-finding.ts';
import { readServiceFindings } from '../../backend/service-findings.ts';
import type { Deployment } from '../../deployment/deployment.ts';
import { readDashboardFile } from '../../settings/read-dashboard-file.ts';
import type { FolderChecks } from './check-project.ts';
import { look, warn, type Finding } from './finding.ts';

const findingsOf = async (
  { folder, runtime }: FolderChecks,
  deployment: Deployment | undefined,
  local: boolean,
): Promise<readonly ServiceFinding[]> => {
  if (deployment !== undefined) {
    return deployment.serviceFindings();
  }
  // Files that a container reads are named as it sees them, so that one has to run.
  const file = local ? await readDashboardFile(folder, runtime.environment) : undefined;
  return file === undefined ? [] : readServiceFindings(folder, file.settings.env ?? {}, runtime);
};

/** Whether the mail server and the OpenID provider take what is configured; nothing where none are. */
export const checkServices = async (
  checks: FolderChecks,
  deployment: Deployment | undefined,
  local: boolean,
): Promise<readonly Finding[]> => {
  let findings: readonly ServiceFinding[] = [];
  const failed = await look('services', async () => {
    findings = await findingsOf(checks, deployment, local);
    return undefined;
  });
  return [
    ...findings,
    ...failed.map(({ check, text }) => ({
      check,
      ...warn(
        `mail server and identity provider could not be looked at: ${text}`,
        'Run `dashboard upgrade` where an older version runs.',
      ),
    })),
  ];
};
