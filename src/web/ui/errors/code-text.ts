import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isApiErrorCode } from '../../api/problem.ts';

/** Says an error code of the API in the page's language. */
export const useCodeText = (): ((code: string | undefined) => string) => {
  const { t } = useTranslation();
  return useCallback((code) => t(`errors.codes.${isApiErrorCode(code) ? code : 'internal'}`), [t]);
};
