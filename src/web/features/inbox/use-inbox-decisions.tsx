import { Button, Group } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision, Outcome } from '../../api/views.ts';
import { dismissToast, toastDone } from '../../ui/toast.ts';
import type { Subject } from '../approvals/subject.ts';
import { useDecide } from '../approvals/use-decide.ts';
import { useCodeText } from '../../ui/errors/code-text.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';

interface LastDecision {
  readonly subject: Subject;
  readonly toast: string;
}

/** Approve, deny, and take the last one back. */
export const useInboxDecisions = () => {
  const { t } = useTranslation();
  const decide = useDecide();
  const outcome = useOutcome();
  const codeText = useCodeText();
  const last = useRef<LastDecision | undefined>(undefined);

  const undoLast = () => {
    const undone = last.current;
    if (!undone) return;
    last.current = undefined;
    dismissToast(undone.toast);
    decide.mutate(
      { decision: 'pending', subjects: [undone.subject] },
      {
        onSuccess: () => {
          outcome.done(t('inbox.undone', { name: undone.subject.name }));
        },
        onError: outcome.failed,
      },
    );
  };
  const tell = (message: string, subject: Subject) => {
    const toast = toastDone({
      closeLabel: t('common.close'),
      message: (
        <Group justify="space-between">
          <span>{message}</span>
          <Button size="compact-sm" variant="default" onClick={undoLast}>
            {t('common.undo')}
          </Button>
        </Group>
      ),
    });
    last.current = { subject, toast };
  };
  const send = (decision: Decision['decision'], subject: Subject, message: string, reason = '') => {
    decide.mutate(
      { decision, subjects: [subject], reason },
      {
        onSuccess: (results: readonly Outcome[]) => {
          const failed = results.find((result) => !result.done);
          if (failed) outcome.refused(codeText(failed.code));
          else tell(message, subject);
        },
        onError: outcome.failed,
      },
    );
  };
  return {
    approve: (subject: Subject) => {
      send('approve', subject, t('inbox.approved', { name: subject.name }));
    },
    deny: (subject: Subject, reason: string) => {
      send('deny', subject, t('inbox.denied', { name: subject.name }), reason);
    },
    undoLast,
  };
};
