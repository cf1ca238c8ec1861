import { AuditHead } from '../../../contract/audit-head.ts';
import { maintain } from '../../backend/maintain.ts';
import { CLI_ERRORS } from '../../errors/cli-errors.ts';
import { inspectFolder, type ProjectFolder } from '../../folder/inspect-folder.ts';
import { findProjectDatabase } from '../../folder/project-database.ts';
import type { Runtime } from '../../runtime.ts';

/** The database of a folder, as the backend's program takes it. */
interface FoundDatabase {
  readonly project: ProjectFolder;
  readonly request: { readonly webRoot: string; readonly databaseUrl?: string };
}

/** @throws CliError `file_unusable` where the folder has no project, and as findProjectDatabase */
export const findDatabase = async (folder: string, runtime: Runtime): Promise<FoundDatabase> => {
  const project = await inspectFolder(folder, runtime.uid, 'enough');
  const database = await findProjectDatabase(folder, project.hasDatabase, runtime);
  if (database.engine === 'postgres') {
    return { project, request: { webRoot: folder, databaseUrl: database.url } };
  }
  if (!project.hasDatabase) {
    throw CLI_ERRORS.fileUnusable({
      path: database.file,
      reason: 'there is no database',
      advice: 'Name the folder of a project with --folder.',
    });
  }
  return { project, request: { webRoot: folder } };
};

/** Reads where the audit log of a folder's project ends, running or not. @throws CliError */
export const readHead = async (folder: string, runtime: Runtime): Promise<AuditHead> => {
  const { project, request } = await findDatabase(folder, runtime);
  const { text } = await maintain({ task: 'audit-head', ...request }, runtime, project.owner);
  return AuditHead.parse(JSON.parse(text));
};
