import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type UseFormReturnType as FormOf } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../../api/queries.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import type { SignUpValues } from './sign-up-values.ts';

interface YouStepProps {
  readonly form: FormOf<SignUpValues>;
  /** An invitation is for this address only. */
  readonly isEmailFixed: boolean;
  readonly isInvited: boolean;
}

export const YouStep = ({ form, isEmailFixed, isInvited }: YouStepProps) => {
  const { t } = useTranslation();
  const { data: project } = useQuery(projectQuery);
  const domains = project?.sign_up === 'domain' && !isInvited ? project.sign_up_domains : [];
  return (
    <>
      <TextInput
        label={t('session.email')}
        description={domains.length === 0 ? undefined : t('face.domains', { list: domains.join(', ') })}
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
