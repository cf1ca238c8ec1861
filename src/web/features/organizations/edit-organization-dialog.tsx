import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { certificateName } from '../../../contract/certificate-name.ts';
import { api, responseOf } from '../../api/client.ts';
import type { Organization } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

interface EditOrganizationDialogProps {
  /** undefined for a new one. */
  readonly organization?: Organization;
  /** @param name that it has now */
  readonly onDone: (name: string) => void;
  readonly onClose: () => void;
}

interface Values {
  readonly name: string;
  readonly display_name: string;
  readonly contacts: string;
}

const save = async (present: Organization | undefined, values: Values): Promise<string> => {
  const { name, display_name, contacts } = values;
  if (present === undefined) {
    const body = { display_name, contacts, ...(name === '' ? {} : { name }) };
    return (await responseOf(api.POST('/api/v1/organizations', { body }))).organization.name;
  }
  const params = { path: { name: present.name } };
  return (await responseOf(api.PATCH('/api/v1/organizations/by-name/{name}', { params, body: values })))
    .organization.name;
};

/** Display name, contacts, and the name in certificates as long as there are none. */
export const EditOrganizationDialog = ({ organization, onDone, onClose }: EditOrganizationDialogProps) => {
  const { t } = useTranslation();
  const refusedFields = useRefusedFields();
  const { name = '', display_name = '', contacts = '', certificates = 0 } = organization ?? {};
  const form = useForm<Values>({
    initialValues: { name, display_name, contacts },
    validate: {
      display_name: (value) =>
        value.trim() === '' && organization === undefined ? t('check.required') : null,
    },
  });
  const change = useReportedMutation({
    mutationFn: (values: Values) => save(organization, values),
    onSuccess: onDone,
    onError: (error) => {
      form.setErrors(refusedFields(error, { organization: 'name' }));
    },
  });
  const derived = certificateName(form.values.display_name);
  return (
    <Dialog
      opened
      title={t(organization === undefined ? 'organizations.add' : 'organizations.edit')}
      onClose={onClose}
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          change.mutate({ ...values, name: values.name.trim(), display_name: values.display_name.trim() });
        })}
      >
        <Stack>
          <FormProblem error={change.error} fields={Object.keys(form.errors)} />
          <TextInput
            label={t('organizations.displayName')}
            description={t('organizations.displayNameHint')}
            maxLength={256}
            data-autofocus
            {...form.getInputProps('display_name')}
          />
          <TextInput
            label={t('organizations.certificateName')}
            description={t('organizations.certificateNameHint')}
            placeholder={organization === undefined ? derived : ''}
            maxLength={64}
            disabled={certificates > 0}
            {...form.getInputProps('name')}
          />
          {certificates > 0 ? (
            <Text size="sm">{t('organizations.inCertificates', { count: certificates })}</Text>
          ) : null}
          <Textarea
            label={t('organizations.contacts')}
            description={t('organizations.contactsHint')}
            autosize
            minRows={2}
            maxLength={2048}
            {...form.getInputProps('contacts')}
          />
          <Button type="submit" loading={change.isPending}>
            {t('organizations.save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};
