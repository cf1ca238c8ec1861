import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { hasDrafts } from '../../ui/forms/draft.ts';
import { leaveQuestion } from './leave-question.ts';
import { useLogOut } from './session.ts';

/** Logs out, says so, and goes to the home page; asks first where text would be lost. */
export const useLeave = (): { readonly leave: () => void; readonly leaving: boolean } => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const outcome = useOutcome();
  const logOut = useLogOut();
  const leave = async () => {
    if (hasDrafts()) {
      leaveQuestion.set(true);
      return;
    }
    try {
      // A callback given to `mutate` would not be called: who logs out takes the button away.
      await logOut.mutateAsync();
      outcome.done(t('session.loggedOut'));
      void navigate('/');
    } catch (error) {
      outcome.failed(error);
    }
  };
  return { leave: () => void leave(), leaving: logOut.isPending };
};
