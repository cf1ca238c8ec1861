import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';
import { useChangeText } from './change-text.ts';
import { useFieldText } from './field-text.ts';

const MINUTE = 60;

/** Says once, in the page's language, what went wrong: the refused fields where they are known, else the code. */
export const useProblemText = (): ((error: unknown) => string) => {
  const { t } = useTranslation();
  const fieldText = useFieldText();
  const changeText = useChangeText();
  return useCallback(
    (error) => {
      const { code, detail } = asProblem(error);
      const waiting = (seconds: number) =>
        seconds < MINUTE
          ? t('errors.retryIn', { count: seconds })
          : t('errors.retryInMinutes', { count: Math.ceil(seconds / MINUTE) });
      const reasons = detail.fields.map(fieldText);
      const texts = reasons.length > 0 ? [...new Set(reasons)] : [t(`errors.codes.${code}`)];
      return [
        ...texts,
        ...detail.changes.map(changeText),
        ...(detail.retryAfter > 0 ? [waiting(detail.retryAfter)] : []),
      ].join(' ');
    },
    [t, fieldText, changeText],
  );
};
