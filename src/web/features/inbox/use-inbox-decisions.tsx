import { Button, Group } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision, Outcome } from '../../api/views.ts';
import { dismissToast, toastDone } from '../../ui/toast.ts';
import type { Subject } from '../approvals/subject.ts';
import { useDecide } from '../approvals/use-decide.ts';
import { useRefusalText } from '../../ui/errors/code-text.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';

/** A decision and the message that offers to undo it. */
interface AnnouncedDecision {
  readonly subject: Subject;
  readonly toast: string;
}

/** Approve, deny, and undo: each message its own decision, the key the last one. */
export const useInboxDecisions = () => {
  const { t } = useTranslation();
  const decide = useDecide();
  const outcome = useOutcome();
  const refusalText = useRefusalText();
  const announced = useRef<readonly AnnouncedDecision[]>([]);

  const undo = ({ subject, toast }: AnnouncedDecision) => {
    announced.current = announced.current.filter((decision) => decision.toast !== toast);
    dismissToast(toast);
    decide.mutate(
      { decision: 'pending', subjects: [subject] },
      {
        onSuccess: ([result]) => {
          if (result?.done === false) {
            outcome.refused(refusalText(result));
          } else {
            outcome.done(t('inbox.undone', { name: subject.name }));
          }
        },
        onError: outcome.failed,
      },
    );
  };
  const undoLast = () => {
    const last = announced.current.at(-1);
    if (last) {
      undo(last);
    }
  };
  const tell = (message: string, subject: Subject) => {
    const toast = `decision-${subject.kind}-${subject.id}-${Date.now()}`;
    toastDone({
      id: toast,
      closeLabel: t('common.close'),
      message: (
        <Group justify="space-between">
          <span>{message}</span>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${t('common.undo')}: ${subject.name}`}
            onClick={() => {
              undo({ subject, toast });
            }}
          >
            {t('common.undo')}
          </Button>
        </Group>
      ),
    });
    announced.current = [...announced.current, { subject, toast }];
  };
  const send = (decision: Decision['decision'], subject: Subject, message: string, reason = '') => {
    decide.mutate(
      { decision, subjects: [subject], reason },
      {
        onSuccess: (results: readonly Outcome[]) => {
          const failed = results.find((result) => !result.done);
          if (failed) {
            outcome.refused(refusalText(failed));
          } else {
            tell(message, { ...subject, version: results[0]?.version });
          }
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
