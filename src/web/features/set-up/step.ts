import type { Project } from '../../api/views.ts';

export interface StepProps {
  readonly project: Project;
  /** Leads to the next step. */
  readonly onDone: () => void;
}
