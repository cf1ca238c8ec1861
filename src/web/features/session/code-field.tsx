import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A code of an authenticator app, or a recovery code. */
export const CodeField = (props: TextInputProps) => {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('factor.code')}
      description={t('factor.codeHint')}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      {...props}
    />
  );
};
