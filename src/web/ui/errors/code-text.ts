import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isApiErrorCode } from '../../api/problem.ts';
import type { Outcome } from '../../api/views.ts';
import { useChangeText } from './change-text.ts';
import { useFieldText } from './field-text.ts';

/** Says in the page's language why one of many decisions was refused. */
export const useRefusalText = (): ((refused: Outcome) => string) => {
  const { t } = useTranslation();
  const fieldText = useFieldText();
  const changeText = useChangeText();
  return useCallback(
    ({ code, fields = [], changes = [] }) => {
      const reasons = fields.map(({ path, code: reason = '' }) => fieldText({ path, code: reason }));
      if (reasons.length > 0) {
        return [...new Set(reasons)].join(' ');
      }
      const text = t(`errors.codes.${isApiErrorCode(code) ? code : 'internal'}`);
      return [text, ...changes.map(changeText)].join(' ');
    },
    [t, fieldText, changeText],
  );
};
