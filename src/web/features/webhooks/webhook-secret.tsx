import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/copy-text.tsx';

/** Shows a secret, once. */
export const WebhookSecret = ({
  secret,
  onClose,
}: {
  readonly secret: string;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text size="sm" role="status">
        {t('webhooks.secretLead')}
      </Text>
      <CopyText text={secret} what={t('webhooks.secret')} block />
      <Button onClick={onClose}>{t('tokens.done')}</Button>
    </Stack>
  );
};
