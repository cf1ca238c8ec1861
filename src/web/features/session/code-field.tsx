import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface CodeFieldProps extends TextInputProps {
  /** False where only recovery codes can be typed. */
  readonly hasApp?: boolean;
}

/** A code of an authenticator app, or a recovery code. */
export const CodeField = ({ hasApp = true, ...props }: CodeFieldProps) => {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t(hasApp ? 'factor.code' : 'passkeys.recoveryCode')}
      description={t(hasApp ? 'factor.codeHint' : 'passkeys.recoveryHint')}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      {...props}
    />
  );
};
