import { approvalOf } from '../../../contract/approval.ts';
import type { LedgerEntry, Project, Site } from '../../api/views.ts';

export const STEPS = [
  'server',
  'public',
  'organization',
  'frozen',
  'serverKit',
  'siteApproved',
  'siteKit',
] as const;
export type StepName = (typeof STEPS)[number];

export interface Step {
  readonly name: StepName;
  readonly done: boolean;
  /** Something else has to come first. */
  readonly blocked: boolean;
  /** Where it is done. */
  readonly place: string;
}

interface Known {
  readonly project: Project;
  readonly sites: readonly Site[];
  readonly ledger: readonly LedgerEntry[];
}

/** What the project admin has to do until the federation can start, and how far it is. */
export const onboardingSteps = ({ project, sites, ledger }: Known): readonly Step[] => {
  const named = project.short_name !== '' && project.server1 !== '';
  const joined = sites.length > 0 || project.num_orgs > 1;
  const approved = sites.some((site) => approvalOf(site.approval_state) === 'approved');
  const issued = (kind: string) => ledger.some((entry) => entry.kind === kind);
  return [
    {
      name: 'server',
      done: named,
      blocked: false,
      place: project.short_name === '' ? '/project' : '/server',
    },
    { name: 'public', done: project.public, blocked: false, place: '/project' },
    { name: 'organization', done: joined, blocked: !project.public, place: '/users' },
    { name: 'frozen', done: project.frozen, blocked: !named, place: '/freeze' },
    { name: 'serverKit', done: issued('server'), blocked: !project.frozen, place: '/downloads' },
    { name: 'siteApproved', done: approved, blocked: sites.length === 0, place: '/inbox' },
    { name: 'siteKit', done: issued('client'), blocked: !project.frozen || !approved, place: '/downloads' },
  ];
};
