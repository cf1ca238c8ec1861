import type { FieldProblem } from '../../../contract/errors.ts';
import type { FileProps, Props } from '../../../contract/kit.ts';
import { authorize } from '../../auth/authorization.ts';
import type { ServiceContext } from '../../context/context.ts';
import type { Requester } from '../../auth/principal.ts';
import { fileProperties } from './file-properties.ts';
import { readProject } from '../../store/project.ts';

const mutable = (props: Props | undefined): Record<string, unknown> | undefined =>
  props === undefined ? undefined : { ...props };

const sections = ({ project, server, client, admin }: FileProps) => ({
  project: mutable(project),
  server: mutable(server),
  client: mutable(client),
  admin: mutable(admin),
});

/** The project folder's properties file as it is now, with what is wrong with it. */
export const readFileProperties = async (
  context: ServiceContext,
  requester: Requester,
): Promise<{
  source: string;
  properties: ReturnType<typeof sections>;
  problems: FieldProblem[];
  warnings: FieldProblem[];
}> => {
  authorize(requester.principal, 'properties.read');
  const project = await readProject(context.db.reader);
  const file = await fileProperties(context.db.reader, context.config.webRoot, project);
  return {
    source: file.source,
    properties: sections(file.properties),
    problems: [...file.problems],
    warnings: [...file.warnings],
  };
};
