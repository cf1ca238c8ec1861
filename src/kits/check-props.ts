import type { z } from 'zod';
import type { Props } from '../contract/kit.ts';
import type { TargetRelease } from '../contract/releases.ts';
import { hasOwnAdminPort } from '../contract/releases.ts';
import type { PropsProblem } from './kit-error.ts';
import { ServerProps } from './props/schemas.ts';
import { SECTION_SCHEMAS, type PropsSection } from './props/section-schemas.ts';

/** Keys reserved by NVFLARE's provisioning. */
const RESERVED = ['name', 'org', 'role', 'type'];

const portsProblem = (props: Props, release: TargetRelease): readonly PropsProblem[] => {
  const ports = ServerProps.safeParse(props).data;
  if (ports?.admin_port === undefined || !hasOwnAdminPort(release)) {
    return [];
  }
  if (ports.admin_port !== ports.fed_learn_port) {
    return [];
  }
  return [{ path: 'admin_port', message: `must differ from fed_learn_port for NVFLARE ${release}` }];
};

/** A union reports only "invalid"; the first branch that matched part of the input reports what is wrong. */
const flatten = (
  issues: readonly z.core.$ZodIssue[],
  prefix: readonly PropertyKey[],
): readonly PropsProblem[] =>
  issues.flatMap((issue): readonly PropsProblem[] => {
    const path = [...prefix, ...issue.path];
    if (issue.code === 'invalid_union') {
      const inner = issue.errors.find((branch) => branch.some((each) => each.code !== 'invalid_type'));
      if (inner !== undefined) {
        return flatten(inner, path);
      }
      return [{ path: path.join('.'), message: 'has a form that is not known' }];
    }
    return [{ path: path.join('.'), message: issue.message }];
  });

/**
 * Returns what is wrong with a section's properties before they are stored. Keys that kits do not use are allowed, see keys-without-effect.ts.
 *
 * @param section whose properties they are
 * @param props the JSON object as it came in
 * @param release the project's target release, which decides about ports
 * @returns problems with paths relative to the section (`fed_learn_port`); none when all is well
 */
export const checkProps = (
  section: PropsSection,
  props: Props,
  release: TargetRelease,
): readonly PropsProblem[] => {
  const reserved = RESERVED.filter((key) => Object.hasOwn(props, key)).map((key) => ({
    path: key,
    message: 'is kept for NVFLARE itself and cannot be set',
  }));
  const parsed = SECTION_SCHEMAS[section].safeParse(props);
  const wrong = parsed.success ? [] : flatten(parsed.error.issues, []);
  return [...reserved, ...wrong, ...(section === 'server' ? portsProblem(props, release) : [])];
};
