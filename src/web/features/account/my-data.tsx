import { Button, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { isRole } from '../../../contract/roles.ts';
import type { User } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { ApprovalBadge } from '../approvals/approval-badge.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useDraft } from '../../ui/forms/draft.ts';
import { useChangeUser } from '../users/use-change-user.ts';

const OwnValues = z.object({ name: z.string(), description: z.string() });

const Fixed = ({ user }: { readonly user: User }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  return (
    <dl className="facts">
      <dt>{t('me.email')}</dt>
      <dd>{user.email}</dd>
      <dt>{t('me.organization')}</dt>
      <dd>{user.organization || '–'}</dd>
      <dt>{t('me.role')}</dt>
      <dd>{isRole(user.role) ? t(`roles.${user.role}`) : t('roles.unset')}</dd>
      <dt>{t('me.state')}</dt>
      <dd>
        <ApprovalBadge state={user.approval_state} />
      </dd>
      <dt>{t('me.created')}</dt>
      <dd>{moment(user.created_at)}</dd>
    </dl>
  );
};

/** Shows what is known of oneself; name and description can be changed. */
export const MyData = ({ user }: { readonly user: User }) => {
  const { t } = useTranslation();
  const change = useChangeUser();
  const outcome = useOutcome();
  const form = useForm({ initialValues: { name: user.name, description: user.description } });
  useDraft(`me:${user.id}`, form, OwnValues);
  const save = useMutation({
    mutationFn: (values: { readonly name: string; readonly description: string }) => change(user, values),
    onSuccess: (_, values) => {
      form.setInitialValues(values);
      form.resetDirty(values);
      outcome.done(t('common.saved'));
    },
  });
  return (
    <Card title={t('me.data')}>
      <Fixed user={user} />
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          save.mutate(values);
        })}
      >
        <Stack>
          {save.isError ? <ProblemNote error={save.error} /> : null}
          <TextInput label={t('me.name')} autoComplete="name" {...form.getInputProps('name')} />
          <Textarea label={t('me.description')} autosize minRows={2} {...form.getInputProps('description')} />
          <Button type="submit" className="at-start" loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
};
