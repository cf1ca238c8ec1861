import { approvalOf } from '../../../contract/approval.ts';
import type { OrganizationProgress } from '../../../contract/api/overview.ts';
import type { Stage } from '../../../contract/stages.ts';
import type { OrganizationState } from '../../store/overview.ts';

const stageOf = ({ state, withKit }: OrganizationState): Stage => {
  if (withKit > 0) {
    return 'ready';
  }
  return approvalOf(state) === 'approved' ? 'approved' : 'signed_up';
};

/** An organization with the name that people know it by. */
interface Described {
  readonly name: string;
  readonly display_name: string;
}

/** Returns organizations by name, each at the furthest stage that it has reached. */
export const organizationStages = (
  withSites: readonly OrganizationState[],
  withAdmin: readonly string[],
  invited: readonly string[],
  described: readonly Described[],
): readonly OrganizationProgress[] => {
  const found = new Map<string, Omit<OrganizationProgress, 'display_name'>>();
  const displayNames = new Map(described.map(({ name, display_name }) => [name, display_name]));
  for (const { name } of described) {
    found.set(name, { name, stage: 'created', sites: 0, sites_with_kit: 0 });
  }
  for (const name of invited) {
    found.set(name, { name, stage: 'invited', sites: 0, sites_with_kit: 0 });
  }
  for (const name of withAdmin) {
    found.set(name, { name, stage: 'signed_up', sites: 0, sites_with_kit: 0 });
  }
  for (const state of withSites) {
    const { name, sites, withKit } = state;
    found.set(name, { name, stage: stageOf(state), sites, sites_with_kit: withKit });
  }
  return [...found.values()]
    .map((row) => ({ ...row, display_name: displayNames.get(row.name) ?? '' }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
};

/** Counts organizations by stage. */
export const countStages = (organizations: readonly OrganizationProgress[]): Record<Stage, number> => {
  const counts = { created: 0, invited: 0, signed_up: 0, approved: 0, ready: 0 };
  for (const { stage } of organizations) {
    counts[stage] += 1;
  }
  return counts;
};
