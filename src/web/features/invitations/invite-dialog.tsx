import { Button, NativeSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { INVITED_ROLES, MAX_INVITATION_DAYS, MAX_INVITED } from '../../../contract/invitation-limits.ts';
import { api, responseOf } from '../../api/client.ts';
import { invitationsQuery } from '../../api/queries.ts';
import type { InvitationsBody } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { ReadyLinks } from './ready-links.tsx';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

const DEFAULT_DAYS = 14;

interface Values {
  readonly emails: string;
  readonly uses: number | string;
  readonly organization: string;
  readonly role: (typeof INVITED_ROLES)[number];
  readonly days: number | string;
}

const emailsIn = (text: string): string[] => text.split(/[\s,;]+/).filter((email) => email !== '');

const bodyOf = ({ emails: text, uses, organization, role, days }: Values): InvitationsBody => {
  const emails = emailsIn(text);
  return {
    ...(emails.length > 0 ? { emails } : { uses: Number(uses) }),
    organization: organization.trim(),
    role,
    expires_in_days: Number(days),
  };
};

const isWithin = (value: number | string, max: number): boolean =>
  Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= max;

/** Asks whom to invite, as what and for how long, and shows the links. */
export const InviteDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const refusedFields = useRefusedFields();
  const cache = useQueryClient();
  const initialValues: Values = { emails: '', uses: 1, organization: '', role: 'member', days: DEFAULT_DAYS };
  const form = useForm({
    initialValues,
    validate: {
      emails: (value) => {
        const wrong = emailsIn(value).find((email) => check('email', email) !== null);
        return wrong === undefined ? null : t('invitations.badEmail', { email: wrong });
      },
      uses: (value) => (isWithin(value, MAX_INVITED) ? null : t('invitations.badDays', { max: MAX_INVITED })),
      organization: (value) => check('organization', value.trim()),
      days: (value) =>
        isWithin(value, MAX_INVITATION_DAYS) ? null : t('invitations.badDays', { max: MAX_INVITATION_DAYS }),
    },
  });
  const create = useReportedMutation({
    mutationFn: async (values: Values) =>
      (await responseOf(api.POST('/api/v1/invitations', { body: bodyOf(values) }))).invitations,
    onSuccess: () => cache.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
    onError: (error) => {
      form.setErrors(refusedFields(error));
    },
  });
  const title = create.isSuccess ? t('invitations.readyTitle') : t('invitations.invite');
  return (
    <Dialog opened title={title} onClose={onClose} lightDismiss={false} size="lg">
      {create.isSuccess ? (
        <ReadyLinks invitations={create.data} onClose={onClose} />
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit((values) => {
            create.mutate(values);
          })}
        >
          <Stack>
            <FormProblem error={create.error} fields={Object.keys(form.errors)} />
            <Textarea
              label={t('invitations.emails')}
              description={t('invitations.emailsHint')}
              autosize
              minRows={2}
              maxRows={8}
              data-autofocus
              {...form.getInputProps('emails')}
            />
            {emailsIn(form.values.emails).length === 0 ? (
              <NumberInput
                label={t('invitations.uses')}
                min={1}
                max={MAX_INVITED}
                allowDecimal={false}
                {...form.getInputProps('uses')}
              />
            ) : null}
            <TextInput
              label={t('invitations.organization')}
              required
              {...form.getInputProps('organization')}
            />
            <NativeSelect
              label={t('invitations.role')}
              data={INVITED_ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
              {...form.getInputProps('role')}
            />
            <NumberInput
              label={t('invitations.days')}
              min={1}
              max={MAX_INVITATION_DAYS}
              allowDecimal={false}
              {...form.getInputProps('days')}
            />
            <Button type="submit" loading={create.isPending}>
              {t('invitations.create')}
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  );
};
