import type { Project } from '../../api/views.ts';

export const STEPS = ['project', 'server', 'kits', 'freeze', 'invite'] as const;
export type StepName = (typeof STEPS)[number];

export const isStep = (text: string | null): text is StepName => STEPS.some((step) => step === text);

/** Returns the step where somebody takes the set-up up again. */
export const firstOpenStep = (project: Project): StepName => {
  if (project.frozen) {
    return 'invite';
  }
  if (project.short_name === '') {
    return 'project';
  }
  return project.server1 === '' ? 'server' : 'kits';
};

/** Returns the step after it; undefined after the last one. */
export const stepAfter = (step: StepName): StepName | undefined => STEPS[STEPS.indexOf(step) + 1];
