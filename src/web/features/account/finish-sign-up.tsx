import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { useChangeUser } from '../users/use-change-user.ts';

const CHOICES = ['member', 'lead', 'org_admin'] as const;

/** Organization and role of somebody whose account came without them; the project admin lacks the former alone. */
export const FinishSignUp = ({ user }: { readonly user: User }) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const change = useChangeUser();
  const admin = user.role === 'project_admin';
  const form = useForm({
    initialValues: { organization: user.organization, role: user.role || 'member' },
    validate: { organization: (value) => check('organization', value) },
  });
  const finish = useMutation({
    mutationFn: ({ organization, role }: { readonly organization: string; readonly role: string }) =>
      change(user, admin ? { organization } : { organization, role }),
  });
  return (
    <Card title={admin ? t('me.chooseOrganization') : t('me.finish')}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          finish.mutate(values);
        })}
      >
        <Stack>
          {admin ? <Text size="sm">{t('me.chooseOrganizationLead')}</Text> : null}
          {finish.isError ? <ProblemNote error={finish.error} /> : null}
          <TextInput label={t('signUp.organization')} {...form.getInputProps('organization')} />
          {admin ? null : (
            <NativeSelect
              label={t('signUp.role')}
              data={CHOICES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
              {...form.getInputProps('role')}
            />
          )}
          <Button type="submit" className="at-start" loading={finish.isPending}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
};
