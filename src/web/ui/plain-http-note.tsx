import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Warns everybody, before a password is typed, that others on the network can read along. */
export const PlainHttpNote = () => {
  const { t } = useTranslation();
  // Browsers count HTTPS and this machine's own addresses as secure.
  if (globalThis.isSecureContext) {
    return null;
  }
  return (
    <Alert color="red" variant="outline" title={t('plainHttp.title')}>
      <Text size="sm">{t('plainHttp.lead')}</Text>
    </Alert>
  );
};
