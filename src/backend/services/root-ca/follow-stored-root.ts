import type { ServiceContext } from '../../context/context.ts';
import { readProject } from '../../store/project.ts';
import type { ProjectRow } from '../../store/schema.ts';

const textOf = (value: Buffer | null): string => (value === null ? '' : Buffer.from(value).toString('utf8'));

/**
 * Takes over a root CA or a passphrase that another replica stored, and returns the project's row.
 *
 * @throws PkiError when the stored root cannot be opened
 */
export const followStoredRoot = async (
  context: Pick<ServiceContext, 'db' | 'rootCa'>,
): Promise<ProjectRow> => {
  const project = await readProject(context.db.reader);
  const key = textOf(project.root_key);
  if (key !== '') {
    await context.rootCa.follow({ certificatePem: textOf(project.root_cert), key });
  }
  return project;
};
