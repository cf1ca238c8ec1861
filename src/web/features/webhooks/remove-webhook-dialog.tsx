import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { webhooksQuery } from '../../api/queries.ts';
import type { Webhook } from '../../api/views.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';

interface WebhookDialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** Says what goes with a webhook, and removes it. */
export const RemoveWebhookDialog = ({ webhook, onClose }: WebhookDialogProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const { id, name } = webhook;
  return (
    <ConfirmDialog
      title={t('webhooks.actionsOf.remove', { name })}
      submit={t('webhooks.actions.remove')}
      action={() => responseOf(api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id } } }))}
      onDone={() => {
        outcome.done(t('webhooks.removed', { name }));
        void cache.invalidateQueries({ queryKey: webhooksQuery.queryKey });
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('webhooks.removeLead')}</Text>
    </ConfirmDialog>
  );
};
