import { VisuallyHidden } from '@mantine/core';
import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Shows what stands where rows will be; seen only when they take longer than 150 ms. */
export const Placeholder = ({ lines = 4 }: { readonly lines?: number }) => {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" className="late" aria-busy="true">
      <VisuallyHidden role="status">{t('common.loading')}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={28} />
      ))}
    </Stack>
  );
};
