import { approvalOf } from '../../../contract/approval.ts';
import type { OrganizationProgress, Stage } from '../../../contract/api/overview.ts';
import type { OrganizationState } from '../../store/overview.ts';

const stageOf = ({ state, withKit }: OrganizationState): Stage => {
  if (withKit > 0) {
    return 'ready';
  }
  return approvalOf(state) === 'approved' ? 'approved' : 'signed_up';
};

/** Returns organizations by name, each at the furthest stage that it has reached. */
export const organizationStages = (
  withSites: readonly OrganizationState[],
  withAdmin: readonly string[],
  invited: readonly string[],
): readonly OrganizationProgress[] => {
  const found = new Map<string, OrganizationProgress>();
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
  return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
};

/** Counts organizations by stage. */
export const countStages = (organizations: readonly OrganizationProgress[]): Record<Stage, number> => {
  const counts = { invited: 0, signed_up: 0, approved: 0, ready: 0 };
  for (const { stage } of organizations) {
    counts[stage] += 1;
  }
  return counts;
};
