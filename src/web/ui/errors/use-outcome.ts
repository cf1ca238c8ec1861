import { useTranslation } from 'react-i18next';
import { toastDone, toastFailed } from '../toast.ts';
import { useProblemText } from './problem-text.ts';

/** Tells in the corner of the page how something ended. */
export const useOutcome = () => {
  const { t } = useTranslation();
  const text = useProblemText();
  const closeLabel = t('common.close');
  return {
    done: (message: string) => {
      toastDone({ message, closeLabel });
    },
    failed: (error: unknown) => {
      toastFailed({ title: t('errors.title'), message: text(error), closeLabel });
    },
    refused: (message: string) => {
      toastFailed({ title: t('errors.title'), message, closeLabel });
    },
  };
};
