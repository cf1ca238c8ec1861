import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Returns how an editable cell is called: what stands in it, of whom, and the value as shown. */
export const useCellLabel = () => {
  const { t } = useTranslation();
  return useCallback(
    (what: string, name: string, shown: string): string =>
      t('table.editCell', { what, name, value: shown || t('table.empty') }),
    [t],
  );
};
