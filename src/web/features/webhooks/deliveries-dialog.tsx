import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { webhookDeliveriesQuery } from '../../api/queries.ts';
import type { Webhook } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { eventKey } from './event-key.ts';

interface WebhookDialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** Shows what was last sent to a webhook, and what became of it. */
export const DeliveriesDialog = ({ webhook, onClose }: WebhookDialogProps) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const log = useQuery(webhookDeliveriesQuery(webhook.id));
  const title = t('webhooks.actionsOf.log', { name: webhook.name });
  return (
    <Dialog opened title={title} onClose={onClose} size="lg">
      <Loaded query={log} lines={4}>
        {({ deliveries }) =>
          deliveries.length === 0 ? (
            <EmptyState text={t('messages.empty')} />
          ) : (
            <div className="scroll-x" role="region" aria-label={title} tabIndex={0}>
              <Table miw={480} className="cards">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{t('messages.about')}</Table.Th>
                    <Table.Th scope="col">{t('messages.state')}</Table.Th>
                    <Table.Th scope="col">{t('messages.created')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {deliveries.map(
                    ({ id, event, state, error, error_detail: detail, created_at: created }) => (
                      <Table.Tr key={id}>
                        <Table.Td data-label={t('messages.about')}>
                          {t(`webhooks.event.${eventKey(event)}`)}
                        </Table.Td>
                        <Table.Td data-label={t('messages.state')}>
                          <Text size="sm">{t(`messages.states.${state}`)}</Text>
                          {error === undefined ? null : (
                            <Text size="sm">{t(`webhooks.errors.${error}`)}</Text>
                          )}
                          {detail === '' ? null : (
                            <Text size="sm" c="dimmed">
                              {detail}
                            </Text>
                          )}
                        </Table.Td>
                        <Table.Td data-label={t('messages.created')} className="whole">
                          {moment(created)}
                        </Table.Td>
                      </Table.Tr>
                    ),
                  )}
                </Table.Tbody>
              </Table>
            </div>
          )
        }
      </Loaded>
    </Dialog>
  );
};
