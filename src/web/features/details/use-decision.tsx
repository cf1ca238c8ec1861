import { useState, type ReactNode } from 'react';
import type { Decision } from '../../api/views.ts';
import { DecisionDialog } from '../approvals/decision-dialog.tsx';
import type { Subject } from '../approvals/subject.ts';

interface Asked {
  readonly decision: Decision['decision'];
  readonly subjects: readonly Subject[];
}

/** Asks before a decision is made; the dialog has to be drawn somewhere. */
export const useDecision = (): {
  readonly decide: (decision: Decision['decision'], subjects: readonly Subject[]) => void;
  readonly dialog: ReactNode;
} => {
  const [asked, setAsked] = useState<Asked>();
  return {
    decide: (decision, subjects) => {
      setAsked({ decision, subjects });
    },
    dialog: asked ? (
      <DecisionDialog
        decision={asked.decision}
        subjects={asked.subjects}
        onClose={() => {
          setAsked(undefined);
        }}
      />
    ) : null,
  };
};
