import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import type { Webhook } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

interface WebhookDialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** Sends a test message and shows what the endpoint said. */
export const TestWebhookDialog = ({ webhook, onClose }: WebhookDialogProps) => {
  const { t } = useTranslation();
  const { id, name } = webhook;
  const send = useReportedMutation({
    mutationFn: () => responseOf(api.POST('/api/v1/webhooks/{id}/test', { params: { path: { id } } })),
  });
  return (
    <Dialog opened title={t('webhooks.actionsOf.test', { name })} onClose={onClose}>
      <Stack>
        {send.isError ? <ProblemNote error={send.error} /> : null}
        {send.data?.sent === true ? (
          <Alert color="pine" variant="outline" role="status">
            {t('webhooks.testSent')}
          </Alert>
        ) : null}
        {send.data?.error === undefined ? null : (
          <Alert color="red" variant="outline" role="alert" title={t('webhooks.testFailed')}>
            <Text size="sm">{t(`webhooks.errors.${send.data.error}`)}</Text>
            <Text size="sm">{send.data.detail}</Text>
          </Alert>
        )}
        <Button
          data-autofocus
          loading={send.isPending}
          onClick={() => {
            send.mutate();
          }}
        >
          {t('webhooks.testSend')}
        </Button>
      </Stack>
    </Dialog>
  );
};
