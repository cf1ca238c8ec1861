import type { Overview, Project } from '../../api/views.ts';

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

/** Returns what the project admin has to do until the federation can start, and how far it is. */
export const onboardingSteps = (
  project: Project,
  { sites, organizations, issued }: Overview,
): readonly Step[] => {
  const named = project.short_name !== '' && project.server1 !== '';
  const registered = sites.pending + sites.approved + sites.denied > 0;
  const signedUp = organizations.signed_up + organizations.approved + organizations.ready > 0;
  const joined = registered || signedUp || project.num_orgs > 1;
  const approved = sites.approved > 0;
  const has = (kind: string) => issued.some((entry) => entry.kind === kind);
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
    { name: 'serverKit', done: has('server'), blocked: !project.frozen, place: '/downloads' },
    { name: 'siteApproved', done: approved, blocked: !registered, place: '/inbox' },
    { name: 'siteKit', done: has('client'), blocked: !project.frozen || !approved, place: '/downloads' },
  ];
};
