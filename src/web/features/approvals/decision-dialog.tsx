import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { approvalOf } from '../../../contract/approval.ts';
import type { Decision, Outcome } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FocusHere } from '../../ui/focus-here.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useCodeText } from '../../ui/errors/code-text.ts';
import type { Subject } from './subject.ts';
import { useDecide } from './use-decide.ts';

interface DecisionDialogProps {
  readonly decision: Decision['decision'];
  readonly subjects: readonly Subject[];
  readonly onClose: () => void;
}

const GOAL = { approve: 'approved', deny: 'denied', pending: 'pending' } as const;

const useEffectText = () => {
  const { t } = useTranslation();
  return (decision: Decision['decision'], subject: Subject): string => {
    if (decision === 'delete') {
      return subject.sites > 0
        ? t('approvals.effect.userSites', { count: subject.sites })
        : t('approvals.effect.delete');
    }
    return approvalOf(subject.state) === GOAL[decision]
      ? t('approvals.effect.same')
      : t(`approvals.effect.${decision}`);
  };
};

const Results = ({ results }: { readonly results: readonly Outcome[] }) => {
  const { t } = useTranslation();
  const codeText = useCodeText();
  const done = results.filter((result) => result.done).length;
  return (
    <Stack gap="xs" role="status">
      <Text fw={600}>{t('approvals.doneAndFailed', { done, failed: results.length - done })}</Text>
      <ul className="decision-list">
        {results.map((result) => (
          <li key={`${result.kind}-${result.id}`}>
            <strong>{result.name}</strong>{' '}
            {result.done ? t('approvals.done') : t('approvals.failed', { why: codeText(result.code) })}
          </li>
        ))}
      </ul>
    </Stack>
  );
};

/** Shows what a decision will do to each, asks for a reason where one is due, then shows what was done. */
export const DecisionDialog = ({ decision, subjects, onClose }: DecisionDialogProps) => {
  const { t } = useTranslation();
  const effect = useEffectText();
  const decide = useDecide();
  const [reason, setReason] = useState('');
  const [listed] = useState(subjects);
  return (
    <Dialog
      opened
      title={t(`approvals.title.${decision}`, { count: listed.length })}
      onClose={onClose}
      size="lg"
    >
      <Stack>
        {decide.isError ? <ProblemNote error={decide.error} /> : null}
        {decide.data ? (
          <FocusHere>
            <Results results={decide.data} />
          </FocusHere>
        ) : (
          <>
            <Title order={3} size="h5">
              {t('approvals.preview')}
            </Title>
            <ul className="decision-list" tabIndex={0} aria-label={t('approvals.preview')}>
              {listed.map((subject) => (
                <li key={`${subject.kind}-${subject.id}`}>
                  <strong>{subject.name}</strong> {effect(decision, subject)}
                </li>
              ))}
            </ul>
            {decision === 'deny' ? (
              <Textarea
                label={t('approvals.reason')}
                maxLength={512}
                autosize
                minRows={2}
                value={reason}
                onChange={(event) => {
                  setReason(event.currentTarget.value);
                }}
              />
            ) : null}
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {decide.data ? t('common.close') : t('common.cancel')}
          </Button>
          {decide.data ? null : (
            <Button
              color={decision === 'delete' || decision === 'deny' ? 'red.9' : 'pine'}
              loading={decide.isPending}
              onClick={() => {
                decide.mutate({ decision, subjects: listed, reason });
              }}
            >
              {t(`approvals.confirm.${decision}`)}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
};
