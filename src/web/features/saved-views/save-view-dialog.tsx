import { Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { NewSavedView } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogActions } from '../../ui/dialog-actions.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { focusFirstInvalid, useRefusedFields } from '../../ui/forms/server-errors.ts';
import { savedViewsQuery } from './saved-views-query.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

/** As the backend limits it. */
const MAX_NAME = 64;

interface SaveViewDialogProps {
  readonly list: NewSavedView['list'];
  readonly filters: NewSavedView['filters'];
  readonly onClose: () => void;
}

/** Keeps the filters of a list under a name. */
export const SaveViewDialog = ({ list, filters, onClose }: SaveViewDialogProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const refusedFields = useRefusedFields();
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (value) => (value.trim() === '' ? t('check.required') : null) },
  });
  const save = useReportedMutation({
    mutationFn: (name: string) =>
      responseOf(api.POST('/api/v1/saved-views', { body: { list, name, filters } })),
    onError: (error) => {
      form.setErrors(refusedFields(error));
    },
    onSuccess: () => cache.invalidateQueries(savedViewsQuery),
  });
  return (
    <Dialog opened title={t('savedViews.save')} onClose={onClose}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ name }) => {
          save.mutate(name.trim(), { onSuccess: onClose });
        }, focusFirstInvalid)}
      >
        <Stack>
          <FormProblem error={save.error} fields={['name']} />
          <Text size="sm">{t('savedViews.lead')}</Text>
          <TextInput
            label={t('savedViews.name')}
            maxLength={MAX_NAME}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <DialogActions submit={t('common.save')} loading={save.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
};
