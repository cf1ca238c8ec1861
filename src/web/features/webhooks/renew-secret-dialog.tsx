import { Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { webhooksQuery } from '../../api/queries.ts';
import type { Webhook } from '../../api/views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { WebhookSecret } from './webhook-secret.tsx';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

interface WebhookDialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** Generates a new secret for a webhook and shows it once. */
export const RenewSecretDialog = ({ webhook, onClose }: WebhookDialogProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { id, name } = webhook;
  const renew = useReportedMutation({
    mutationFn: () => responseOf(api.POST('/api/v1/webhooks/{id}/secret', { params: { path: { id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  });
  return (
    <Dialog
      opened
      title={t('webhooks.actionsOf.secret', { name })}
      onClose={onClose}
      lightDismiss={!renew.isSuccess}
    >
      {renew.isSuccess ? (
        <WebhookSecret secret={renew.data.secret} onClose={onClose} />
      ) : (
        <Stack>
          {renew.isError ? <ProblemNote error={renew.error} /> : null}
          <Text size="sm">{t('webhooks.renewLead')}</Text>
          <Button
            loading={renew.isPending}
            onClick={() => {
              renew.mutate();
            }}
          >
            {t('webhooks.actions.secret')}
          </Button>
        </Stack>
      )}
    </Dialog>
  );
};
