import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { rootCaQuery } from '../../api/queries.ts';
import { CopyText } from '../../ui/copy-text.tsx';

/** Warns the project admin of a root key without a passphrase. */
export const ClearKeyNote = () => {
  const { t } = useTranslation();
  const { data } = useQuery(rootCaQuery);
  if (data?.key_encrypted !== false) {
    return null;
  }
  return (
    <Alert color="yellow" variant="outline" title={t('sealed.clearTitle')}>
      <Stack gap="sm">
        <Text size="sm">{t('sealed.clearLead')}</Text>
        <CopyText text="dashboard passphrase change" what={t('sealed.clearCommand')} />
      </Stack>
    </Alert>
  );
};
