import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/views.ts';
import { Button } from '../../ui/actions.ts';
import { Card } from '../../ui/card.tsx';
import { NativeSelect, TextInput, useForm } from '../../ui/inputs.ts';
import { Stack } from '../../ui/layout.ts';
import { ProblemNote } from '../errors/problem-note.tsx';
import { useNameCheck } from '../forms/name-checks.ts';
import { useChangeUser } from '../users/use-change-user.ts';

const CHOICES = ['member', 'lead', 'org_admin'] as const;

/** Organization and role of somebody whose sign-up came without them. */
export const FinishSignUp = ({ user }: { readonly user: User }) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const change = useChangeUser();
  const form = useForm({
    initialValues: { organization: user.organization, role: user.role || 'member' },
    validate: { organization: (value) => check('organization', value) },
  });
  const finish = useMutation({
    mutationFn: (values: { readonly organization: string; readonly role: string }) => change(user.id, values),
  });
  return (
    <Card title={t('me.finish')}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          finish.mutate(values);
        })}
      >
        <Stack>
          {finish.isError ? <ProblemNote error={finish.error} /> : null}
          <TextInput label={t('signUp.organization')} {...form.getInputProps('organization')} />
          <NativeSelect
            label={t('signUp.role')}
            data={CHOICES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
            {...form.getInputProps('role')}
          />
          <Button type="submit" loading={finish.isPending}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
};
