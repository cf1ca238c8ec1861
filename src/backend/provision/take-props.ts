import type { Props } from '../../contract/kit.ts';
import type { TargetRelease } from '../../contract/releases.ts';
import { checkProps } from '../../kits/check-props.ts';
import { keysWithoutEffect } from '../../kits/keys-without-effect.ts';
import type { PropsSection } from '../../kits/props/section-schemas.ts';
import { AdminProps, ClientProps, ProjectProps, RelayProps, ServerProps } from '../../kits/props/schemas.ts';
import type { NotTaken } from './import-plan.ts';
import type { Mapping } from './project-document.ts';

const KNOWN: Readonly<Record<PropsSection, ReadonlySet<string>>> = {
  project: new Set(Object.keys(ProjectProps.shape)),
  server: new Set(Object.keys(ServerProps.shape)),
  client: new Set(Object.keys(ClientProps.shape)),
  relay: new Set(Object.keys(RelayProps.shape)),
  admin: new Set(Object.keys(AdminProps.shape)),
};

/**
 * Returns the properties that kits use; the others are reported.
 *
 * @param where whose they are, for people
 */
export const takeProps = (
  section: PropsSection,
  given: Mapping,
  { where, release, notTaken }: { where: string; release: TargetRelease; notTaken: NotTaken },
): Props => {
  const taken: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (!KNOWN[section].has(key)) {
      notTaken.add(where, `${key} is unknown here`);
      continue;
    }
    // What is missing beside it is said of the whole.
    const problem = checkProps(section, { [key]: value }, release).find(
      ({ path }) => path === key || path.startsWith(`${key}.`),
    );
    if (problem !== undefined) {
      notTaken.add(where, `${problem.path} ${problem.message}`);
      continue;
    }
    for (const path of keysWithoutEffect(section, { [key]: value })) {
      notTaken.add(where, `${path} has no effect here`);
    }
    taken[key] = value;
  }
  return taken;
};
