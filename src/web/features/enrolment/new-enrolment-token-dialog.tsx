import { Button, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ENROLMENT_APPROVALS, EnrolmentTokenCreate } from '../../../contract/api/enrolment.ts';
import { MAX_ENROLMENT_DAYS, MAX_ENROLMENT_USES } from '../../../contract/enrolment-limits.ts';
import { api, responseOf } from '../../api/client.ts';
import { enrolmentTokensQuery } from '../../api/queries.ts';
import type { NewEnrolmentToken } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useNameCheck } from '../../ui/forms/name-checks.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { ReadyEnrolmentToken } from './ready-enrolment-token.tsx';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

const DEFAULT_DAYS = 14;
const { name: Name, name_pattern: Pattern } = EnrolmentTokenCreate.shape;

interface Values {
  readonly name: string;
  readonly organization: string;
  readonly name_pattern: string;
  readonly approval: (typeof ENROLMENT_APPROVALS)[number];
  readonly uses: number | string;
  readonly expires_in_days: number | string;
}

const bodyOf = (values: Values): NewEnrolmentToken => ({
  ...values,
  name: values.name.trim(),
  organization: values.organization.trim(),
  name_pattern: values.name_pattern.trim(),
  uses: Number(values.uses),
  expires_in_days: Number(values.expires_in_days),
});

const isWithin = (value: number | string, max: number): boolean =>
  Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= max;

/** Asks which sites a token is for, and shows it once. */
export const NewEnrolmentTokenDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const check = useNameCheck();
  const refusedFields = useRefusedFields();
  const cache = useQueryClient();
  const initialValues: Values = {
    name: '',
    organization: '',
    name_pattern: '',
    approval: 'pending',
    uses: 1,
    expires_in_days: DEFAULT_DAYS,
  };
  const form = useForm({
    initialValues,
    validate: {
      name: (value) => (Name.safeParse(value.trim()).success ? null : t('enrolment.badName')),
      organization: (value) => check('organization', value.trim()),
      name_pattern: (value) => (Pattern.safeParse(value.trim()).success ? null : t('enrolment.badPattern')),
      uses: (value) =>
        isWithin(value, MAX_ENROLMENT_USES) ? null : t('enrolment.badNumber', { max: MAX_ENROLMENT_USES }),
      expires_in_days: (value) =>
        isWithin(value, MAX_ENROLMENT_DAYS) ? null : t('enrolment.badNumber', { max: MAX_ENROLMENT_DAYS }),
    },
  });
  const generate = useReportedMutation({
    mutationFn: async (values: Values) =>
      responseOf(api.POST('/api/v1/enrolment-tokens', { body: bodyOf(values) })),
    onSuccess: () => cache.invalidateQueries({ queryKey: enrolmentTokensQuery.queryKey }),
    onError: (error) => {
      form.setErrors(refusedFields(error));
    },
  });
  const title = generate.isSuccess ? t('enrolment.readyTitle') : t('enrolment.generate');
  return (
    <Dialog opened title={title} onClose={onClose} lightDismiss={false} size="lg">
      {generate.isSuccess ? (
        <ReadyEnrolmentToken
          token={generate.data.token}
          namePattern={generate.data.enrolment_token.name_pattern}
          onClose={onClose}
        />
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit((values) => {
            generate.mutate(values);
          })}
        >
          <Stack>
            <FormProblem error={generate.error} fields={Object.keys(form.errors)} />
            <TextInput
              label={t('enrolment.name')}
              description={t('enrolment.nameHint')}
              required
              data-autofocus
              {...form.getInputProps('name')}
            />
            <TextInput label={t('enrolment.organization')} required {...form.getInputProps('organization')} />
            <TextInput
              label={t('enrolment.sites')}
              description={t('enrolment.sitesHint')}
              required
              {...form.getInputProps('name_pattern')}
            />
            <NativeSelect
              label={t('enrolment.approvalHead')}
              data={ENROLMENT_APPROVALS.map((value) => ({ value, label: t(`enrolment.approval.${value}`) }))}
              {...form.getInputProps('approval')}
            />
            <NumberInput
              label={t('enrolment.maxUses')}
              min={1}
              max={MAX_ENROLMENT_USES}
              allowDecimal={false}
              {...form.getInputProps('uses')}
            />
            <NumberInput
              label={t('enrolment.days')}
              min={1}
              max={MAX_ENROLMENT_DAYS}
              allowDecimal={false}
              {...form.getInputProps('expires_in_days')}
            />
            <Button type="submit" loading={generate.isPending}>
              {t('enrolment.generate')}
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  );
};
