import { TextInput } from '@mantine/core';
import { type UseFormReturnType as FormOf } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../ui/password-field.tsx';
import type { SignUpValues } from './sign-up-values.ts';

export const YouStep = ({ form }: { readonly form: FormOf<SignUpValues> }) => {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('session.email')}
        type="email"
        autoComplete="username"
        required
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
