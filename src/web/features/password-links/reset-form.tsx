import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { PasswordField } from '../../ui/password-field.tsx';

const MIN = 8;

/** Chooses a new password with a link. */
export const ResetForm = ({ token }: { readonly token: string }) => {
  const { t } = useTranslation();
  const refusedFields = useRefusedFields();
  const form = useForm({
    initialValues: { password: '', repeated: '' },
    validate: {
      password: (value) => (value.length < MIN ? t('check.tooShort', { min: MIN }) : null),
      repeated: (value, all) => (value === all.password ? null : t('passwords.passwordsDiffer')),
    },
  });
  const reset = useMutation({
    mutationFn: (password: string) =>
      responseOf(api.POST('/api/v1/password/reset', { body: { token, password } })),
    onError: (error) => {
      form.setErrors(refusedFields(error));
    },
  });
  if (reset.isSuccess) {
    return (
      <Card title={t('links.resetDone')}>
        <EmptyState text={t('links.resetDoneLead')}>
          <ButtonLink to="/">{t('nav.logIn')}</ButtonLink>
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <form
        noValidate
        onSubmit={form.onSubmit(({ password }) => {
          reset.mutate(password);
        })}
      >
        <Stack>
          <FormProblem error={reset.error} fields={['password']} />
          <Text size="sm">{t('links.resetLead')}</Text>
          <PasswordField
            label={t('passwords.newPassword')}
            description={t('session.passwordRule')}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <PasswordField
            label={t('passwords.repeatPassword')}
            autoComplete="new-password"
            {...form.getInputProps('repeated')}
          />
          <Button type="submit" loading={reset.isPending}>
            {t('links.resetSubmit')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
};
