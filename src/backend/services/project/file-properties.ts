import type { FieldProblem } from '../../../contract/errors.ts';
import type { Props } from '../../../contract/kit.ts';
import type { Reader } from '../../store/database.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { referenceProblems } from './participant-props.ts';
import { releaseOf } from './project-fields.ts';
import { readProperties, type PropertiesFile } from './read-properties.ts';

const problemsIn = async (
  db: Reader,
  section: 'client' | 'admin',
  props: Props | undefined,
): Promise<readonly FieldProblem[]> =>
  (await referenceProblems(db, section, props ?? {})).map(({ path, message }) => ({
    path: `${section}.${path}`,
    message,
  }));

/** Reads the properties file of the project folder and checks it against the project as well. */
export const fileProperties = async (
  db: Reader,
  folder: string,
  project: Pick<ProjectRow, 'target_release'>,
): Promise<PropertiesFile> => {
  const file = await readProperties(folder, releaseOf(project.target_release));
  const problems = [
    ...(await problemsIn(db, 'client', file.properties.client)),
    ...(await problemsIn(db, 'admin', file.properties.admin)),
  ];
  return problems.length === 0 ? file : { ...file, properties: {}, problems };
};
