import { ServiceFindings, type ServiceFinding } from '../../contract/service-finding.ts';
import { inspectFolder } from '../folder/inspect-folder.ts';
import type { Runtime } from '../runtime.ts';
import { maintain } from './maintain.ts';

/**
 * Looks at the mail server and the OpenID provider from this host; nothing where none are set.
 *
 * @param environment of the dashboard
 * @throws CliError `not_built`, `maintenance_refused`
 */
export const readServiceFindings = async (
  folder: string,
  environment: Readonly<Record<string, string>>,
  runtime: Runtime,
): Promise<readonly ServiceFinding[]> => {
  const { owner } = await inspectFolder(folder, runtime.uid);
  const { text } = await maintain({ task: 'check-services', webRoot: folder, environment }, runtime, owner);
  return ServiceFindings.parse(JSON.parse(text));
};
