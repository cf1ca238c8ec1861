import { Button, Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { WEBHOOK_EVENTS, WEBHOOK_FORMATS, type WebhookFormat } from '../../../contract/webhooks.ts';
import { api, responseOf } from '../../api/client.ts';
import { webhooksQuery } from '../../api/queries.ts';
import type { NewWebhook } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { WebhookSecret } from './webhook-secret.tsx';
import { eventKey } from './event-key.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

interface Values {
  readonly name: string;
  readonly url: string;
  readonly format: WebhookFormat;
  readonly events: string[];
}

/** Texts for chats come in the page's language where there are any in it. */
const requestOf = ({ name, url, format, events }: Values, language: string): NewWebhook => ({
  name: name.trim(),
  url: url.trim(),
  format,
  events: WEBHOOK_EVENTS.filter((event) => events.includes(event)),
  language: language.startsWith('de') ? 'de' : 'en',
});

/** Asks where messages go, and shows the secret once. */
export const AddWebhookDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, i18n } = useTranslation();
  const refusedFields = useRefusedFields();
  const cache = useQueryClient();
  const initialValues: Values = { name: '', url: '', format: 'standard', events: [...WEBHOOK_EVENTS] };
  const form = useForm({
    initialValues,
    validate: {
      name: (value) => (value.trim() === '' ? t('check.required') : null),
      url: (value) => (/^https?:\/\/./.test(value.trim()) ? null : t('webhooks.badUrl')),
      events: (value) => (value.length === 0 ? t('webhooks.needsEvent') : null),
    },
  });
  const add = useReportedMutation({
    mutationFn: async (values: Values) =>
      (await responseOf(api.POST('/api/v1/webhooks', { body: requestOf(values, i18n.language) }))).secret,
    onSuccess: () => cache.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
    onError: (error) => {
      form.setErrors(refusedFields(error));
    },
  });
  return (
    <Dialog
      opened
      title={add.isSuccess ? t('webhooks.secret') : t('webhooks.add')}
      onClose={onClose}
      lightDismiss={false}
    >
      {add.isSuccess ? (
        <WebhookSecret secret={add.data} onClose={onClose} />
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit((values) => {
            add.mutate(values);
          })}
        >
          <Stack>
            <FormProblem error={add.error} fields={Object.keys(form.errors)} />
            <TextInput label={t('webhooks.name')} required data-autofocus {...form.getInputProps('name')} />
            <TextInput
              label={t('webhooks.endpoint')}
              description={t('webhooks.endpointHint')}
              type="url"
              required
              autoComplete="off"
              {...form.getInputProps('url')}
            />
            <NativeSelect
              label={t('webhooks.format')}
              data={WEBHOOK_FORMATS.map((value) => ({ value, label: t(`webhooks.formats.${value}`) }))}
              {...form.getInputProps('format')}
            />
            <Checkbox.Group label={t('webhooks.events')} required {...form.getInputProps('events')}>
              <Stack gap="xs" mt="xs">
                {WEBHOOK_EVENTS.map((event) => (
                  <Checkbox key={event} value={event} label={t(`webhooks.event.${eventKey(event)}`)} />
                ))}
              </Stack>
            </Checkbox.Group>
            <Button type="submit" loading={add.isPending}>
              {t('webhooks.add')}
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  );
};
