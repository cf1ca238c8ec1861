import { TextInput } from '@mantine/core';
import { type UseFormReturnType as FormOf } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../ui/password-field.tsx';
import type { SignUpValues } from './sign-up-values.ts';

interface YouStepProps {
  readonly form: FormOf<SignUpValues>;
  /** An invitation is for this address only. */
  readonly isEmailFixed: boolean;
}

export const YouStep = ({ form, isEmailFixed }: YouStepProps) => {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('session.email')}
        type="email"
        autoComplete="username"
        required
        readOnly={isEmailFixed}
        {...form.getInputProps('email')}
      />
      <TextInput label={t('signUp.name')} autoComplete="name" required {...form.getInputProps('name')} />
      <PasswordField
        label={t('session.password')}
        description={t('session.passwordRule')}
        autoComplete="new-password"
        required
        {...form.getInputProps('password')}
      />
    </>
  );
};
