import type { FileProps, KitProject, Props } from '../../contract/kit.ts';
import { checkProps } from '../check-props.ts';
import { KitError, type PropsProblem } from '../kit-error.ts';
import { AdminProps, ClientProps, ProjectProps, RelayProps, ServerProps } from './schemas.ts';
import type { PropsSection } from './section-schemas.ts';

const inText = (problems: readonly PropsProblem[]): string =>
  problems.map(({ path, message }) => `${path} ${message}`).join('; ');

/** Merges a section's stored properties with those of the properties file, which win; invalid ones throw a KitError. */
const merge = (
  section: PropsSection,
  stored: Props,
  file: FileProps,
  release: KitProject['targetRelease'],
): Props => {
  const merged = { ...stored, ...(section === 'relay' ? {} : file[section]) };
  const problems = checkProps(section, merged, release).map((problem) => ({
    ...problem,
    path: `${section}.${problem.path}`,
  }));
  if (problems.length > 0) {
    throw new KitError('properties_invalid', inText(problems), problems);
  }
  return merged;
};

/** Properties in force for a project. Errors: KitError `properties_invalid`. */
export const projectProps = (project: KitProject): ProjectProps =>
  ProjectProps.parse(merge('project', project.projectProps, project.fileProps, project.targetRelease));

/** Properties in force for the server. Errors: KitError `properties_invalid`. */
export const serverProps = (project: KitProject): ServerProps =>
  ServerProps.parse(merge('server', project.serverProps, project.fileProps, project.targetRelease));

/** Properties in force for a site. Errors: KitError `properties_invalid`. */
export const clientProps = (project: KitProject, props: Props): ClientProps =>
  ClientProps.parse(merge('client', props, project.fileProps, project.targetRelease));

/** Properties in force for a relay; the properties file says nothing of relays. Errors: KitError `properties_invalid`. */
export const relayProps = (project: KitProject, props: Props): RelayProps =>
  RelayProps.parse(merge('relay', props, project.fileProps, project.targetRelease));

/** Properties in force for a console user. Errors: KitError `properties_invalid`. */
export const adminProps = (project: KitProject, props: Props): AdminProps =>
  AdminProps.parse(merge('admin', props, project.fileProps, project.targetRelease));
