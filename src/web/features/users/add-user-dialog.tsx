import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { SignUp } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogActions } from '../../ui/dialog-actions.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

const CHOICES = ['member', 'lead', 'org_admin'] as const;
const MIN = 8;

/** The project admin adds a user, who then waits for approval like any other. */
export const AddUserDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const refusedFields = useRefusedFields();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const form = useForm({
    initialValues: { email: '', name: '', organization: '', role: 'member', password: '' },
    validate: {
      email: (value) => check('email', value),
      name: (value) => (value.trim() === '' ? t('check.required') : null),
      organization: (value) => check('organization', value),
      password: (value) => (value.length < MIN ? t('check.tooShort', { min: MIN }) : null),
    },
  });
  const add = useReportedMutation({
    mutationFn: (body: SignUp) => responseOf(api.POST('/api/v1/users', { body })),
    onSuccess: async (_, { email }) => {
      outcome.done(t('users.added', { name: email }));
      await cache.invalidateQueries();
    },
    onError: (error) => {
      form.setErrors(refusedFields(error));
    },
  });
  return (
    <Dialog opened title={t('users.add')} onClose={onClose} lightDismiss={false}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          add.mutate(values, { onSuccess: onClose });
        })}
      >
        <Stack>
          <FormProblem error={add.error} fields={Object.keys(form.errors)} />
          <TextInput
            label={t('session.email')}
            type="email"
            autoComplete="off"
            required
            {...form.getInputProps('email')}
          />
          <TextInput label={t('signUp.name')} autoComplete="off" required {...form.getInputProps('name')} />
          <TextInput label={t('signUp.organization')} required {...form.getInputProps('organization')} />
          <NativeSelect
            label={t('signUp.role')}
            data={CHOICES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
            {...form.getInputProps('role')}
          />
          <PasswordField
            label={t('users.initialPassword')}
            description={t('session.passwordRule')}
            autoComplete="new-password"
            required
            {...form.getInputProps('password')}
          />
          <DialogActions submit={t('common.add')} loading={add.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
};
