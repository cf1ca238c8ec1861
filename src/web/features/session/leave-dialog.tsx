import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { leaveQuestion } from './leave-question.ts';
import { useLogOut } from './session.ts';

/** Says before a log-out that text which was not saved is lost by it. */
export const LeaveDialog = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const outcome = useOutcome();
  const logOut = useLogOut();
  return (
    <ConfirmDialog
      title={t('leaving.title')}
      submit={t('leaving.submit')}
      action={() => logOut.mutateAsync()}
      onDone={() => {
        outcome.done(t('session.loggedOut'));
        void navigate('/');
      }}
      onClose={() => {
        leaveQuestion.set(false);
      }}
    >
      <Text size="sm">{t('leaving.lead')}</Text>
    </ConfirmDialog>
  );
};
