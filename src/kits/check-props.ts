import type { Props } from '../domain/kit.ts';
import type { TargetRelease } from '../domain/releases.ts';
import type { PropsProblem } from './kit-error.ts';

/** Where properties stand: of the project, its server, a site, a console user. */
export type PropsSection = 'project' | 'server' | 'client' | 'admin';

/**
 * What is wrong with a section's properties, before they are stored.
 *
 * @param section whose properties they are
 * @param props the JSON object as it came in
 * @param release the project's target release, which decides about ports
 * @returns problems with paths relative to the section (`fed_learn_port`); none when all is well
 */
export const checkProps = (
  _section: PropsSection,
  _props: Props,
  _release: TargetRelease,
): readonly PropsProblem[] => [];
