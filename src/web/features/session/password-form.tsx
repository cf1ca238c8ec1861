import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';

const MIN = 8;
const ALIASES = { current_password: 'current', password: 'fresh' } as const;

interface PasswordFormProps {
  readonly user: { readonly id: number; readonly email: string };
}

/** Changes one's own password; the old one is asked for, and the session continues. */
export const PasswordForm = ({ user }: PasswordFormProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const refusedFields = useRefusedFields();
  const form = useForm({
    initialValues: { current: '', fresh: '', repeated: '' },
    validate: {
      current: (value) => (value === '' ? t('check.required') : null),
      fresh: (value) => (value.length < MIN ? t('check.tooShort', { min: MIN }) : null),
      repeated: (value, all) => (value === all.fresh ? null : t('passwords.passwordsDiffer')),
    },
  });
  const change = useMutation({
    mutationFn: async ({ current, fresh }: { readonly current: string; readonly fresh: string }) => {
      const path = { id: user.id };
      const body = { password: fresh, current_password: current };
      await responseOf(api.PATCH('/api/v1/users/{id}', { params: { path }, body }));
    },
    onError: (error) => {
      form.setErrors(refusedFields(error, ALIASES));
    },
    onSuccess: async () => {
      form.reset();
      outcome.done(t('passwords.passwordChanged'));
      await cache.invalidateQueries();
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        change.mutate(values);
      })}
    >
      <Stack>
        <FormProblem error={change.error} fields={Object.keys(form.errors)} aliases={ALIASES} />
        <input type="text" hidden name="username" autoComplete="username" value={user.email} readOnly />
        <PasswordField
          label={t('passwords.currentPassword')}
          autoComplete="current-password"
          {...form.getInputProps('current')}
        />
        <PasswordField
          label={t('passwords.newPassword')}
          description={t('session.passwordRule')}
          autoComplete="new-password"
          {...form.getInputProps('fresh')}
        />
        <PasswordField
          label={t('passwords.repeatPassword')}
          autoComplete="new-password"
          {...form.getInputProps('repeated')}
        />
        <Button type="submit" className="at-start" loading={change.isPending}>
          {t('passwords.changePassword')}
        </Button>
      </Stack>
    </form>
  );
};
