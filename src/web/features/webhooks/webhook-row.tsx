import { Button, Group, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { webhooksQuery } from '../../api/queries.ts';
import type { Webhook } from '../../api/views.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';

/** Describes what opens a dialog. */
export type WebhookAction = 'test' | 'log' | 'secret' | 'remove';

const ACTIONS = ['test', 'log', 'secret', 'remove'] as const;

interface WebhookRowProps {
  readonly webhook: Webhook;
  readonly onAction: (action: WebhookAction) => void;
}

/** A webhook with what can be done with it. */
export const WebhookRow = ({ webhook, onAction }: WebhookRowProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const { id, name, origin, format, state, waiting, failed } = webhook;
  const isPaused = state === 'paused';
  const toggle = useMutation({
    mutationFn: () =>
      responseOf(
        api.PATCH('/api/v1/webhooks/{id}', {
          params: { path: { id } },
          body: { state: isPaused ? 'active' : 'paused' },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
    onError: outcome.failed,
  });
  return (
    <Table.Tr>
      <Table.Td data-label={t('webhooks.name')}>{name}</Table.Td>
      <Table.Td data-label={t('webhooks.endpoint')}>
        <Text size="sm">{origin}</Text>
        <Text size="sm" c="dimmed">
          {t(`webhooks.formats.${format}`)}
        </Text>
      </Table.Td>
      <Table.Td data-label={t('messages.state')}>
        <Text size="sm">{t(`webhooks.states.${state}`)}</Text>
        <Text size="sm">{t('messages.counts', { waiting, failed })}</Text>
      </Table.Td>
      <Table.Td data-label={t('common.actions')}>
        <Group gap="xs">
          {ACTIONS.map((action) => (
            <Button
              key={action}
              size="compact-sm"
              variant="default"
              aria-label={t(`webhooks.actionsOf.${action}`, { name })}
              onClick={() => {
                onAction(action);
              }}
            >
              {t(`webhooks.actions.${action}`)}
            </Button>
          ))}
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t(isPaused ? 'webhooks.resumeOf' : 'webhooks.pauseOf', { name })}
            loading={toggle.isPending}
            onClick={() => {
              toggle.mutate();
            }}
          >
            {t(isPaused ? 'webhooks.resume' : 'webhooks.pause')}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
};
