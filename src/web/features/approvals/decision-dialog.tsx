import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RevocationReason } from '../../../contract/revocation.ts';
import type { Decision, Outcome, Site } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FocusHere } from '../../ui/focus-here.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { TypedConfirmation } from '../../ui/forms/typed-confirmation.tsx';
import { useSession } from '../session/session-context.ts';
import { DecisionEffects } from './decision-effects.tsx';
import { DecisionResults } from './decision-results.tsx';
import { OverriddenObjections } from './overridden-objections.tsx';
import { ReasonField } from './reason-field.tsx';
import { siteSubject, type Subject } from './subject.ts';
import { ReasonSelect } from '../certificates/revocation-reason.tsx';
import { useDecide } from './use-decide.ts';
import { useOwnedSites } from './use-owned-sites.ts';
import { ValidKits } from './valid-kits.tsx';

interface DecisionDialogProps {
  readonly decision: Decision['decision'];
  readonly subjects: readonly Subject[];
  readonly onClose: () => void;
}

const useResultTitle = () => {
  const { t } = useTranslation();
  return (results: readonly Outcome[]): string => {
    const done = results.filter((result) => result.done).length;
    const failed = results.length - done;
    return failed === 0
      ? t('approvals.allDone', { count: done })
      : t('approvals.doneAndFailed', { done, failed });
  };
};

/** The sites of a person keep their kits as well. */
const withSites = (subjects: readonly Subject[], owned: ReadonlyMap<number, readonly Site[]>) => [
  ...subjects,
  ...[...owned.values()].flat().map(siteSubject),
];

/** Shows what a decision will do to each, asks for a reason where one is due, then shows what was done. */
export const DecisionDialog = ({ decision, subjects, onClose }: DecisionDialogProps) => {
  const { t } = useTranslation();
  const { user } = useSession();
  const decide = useDecide();
  const resultTitle = useResultTitle();
  const [reason, setReason] = useState('');
  const [revoke, setRevoke] = useState<RevocationReason>();
  const [typed, setTyped] = useState('');
  const [listed] = useState(() =>
    subjects.filter(({ kind, id }) => decision === 'approve' || kind !== 'user' || id !== user?.id),
  );
  const owned = useOwnedSites(decision, listed);
  const [first] = listed;
  const expected = listed.length === 1 && first ? first.name : String(listed.length);
  const overridden =
    decision === 'approve' ? listed.flatMap(({ objections }) => objections.map(({ by }) => by)) : [];
  const confirmed = decision !== 'delete' || typed === expected;
  return (
    <Dialog
      opened
      title={
        decide.data ? resultTitle(decide.data) : t(`approvals.title.${decision}`, { count: listed.length })
      }
      onClose={onClose}
      size="lg"
    >
      <Stack>
        {decide.isError ? <ProblemNote error={decide.error} /> : null}
        {decide.data ? (
          <FocusHere>
            <DecisionResults results={decide.data} />
          </FocusHere>
        ) : (
          <>
            <Title order={3} size="h5">
              {t('approvals.preview')}
            </Title>
            <DecisionEffects decision={decision} subjects={listed} owned={owned} />
            {listed.length < subjects.length ? <Text size="sm">{t('approvals.ownLeftOut')}</Text> : null}
            {decision === 'approve' ? (
              <OverriddenObjections subjects={listed} />
            ) : (
              <ValidKits subjects={withSites(listed, owned)} />
            )}
            {decision === 'deny' ? <ReasonField value={reason} onChange={setReason} /> : null}
            {decision === 'delete' ? (
              <TypedConfirmation expected={expected} value={typed} onChange={setTyped} />
            ) : null}
            {decision === 'deny' || decision === 'delete' ? (
              <ReasonSelect
                label={t('revocation.withDecision')}
                none={t('revocation.keep')}
                value={revoke}
                onChange={setRevoke}
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
              disabled={!confirmed || listed.length === 0}
              onClick={() => {
                decide.mutate({ decision, subjects: listed, reason, revoke, overridden });
              }}
            >
              {overridden.length > 0 ? t('objections.anyway') : t(`approvals.confirm.${decision}`)}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
};
