import { Button, Group, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { webhooksQuery } from '../../api/queries.ts';
import type { Webhook } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { AddWebhookDialog } from './add-webhook-dialog.tsx';
import { DeliveriesDialog } from './deliveries-dialog.tsx';
import { RemoveWebhookDialog } from './remove-webhook-dialog.tsx';
import { RenewSecretDialog } from './renew-secret-dialog.tsx';
import { TestWebhookDialog } from './test-webhook-dialog.tsx';
import { WebhookRow, type WebhookAction } from './webhook-row.tsx';

interface Open {
  readonly action: WebhookAction;
  readonly webhook: Webhook;
}

const DIALOGS = {
  test: TestWebhookDialog,
  log: DeliveriesDialog,
  secret: RenewSecretDialog,
  remove: RemoveWebhookDialog,
} as const;

const OpenDialog = ({ open, onClose }: { readonly open: Open; readonly onClose: () => void }) => {
  const Shown = DIALOGS[open.action];
  return <Shown webhook={open.webhook} onClose={onClose} />;
};

/** Endpoints of others that are told of events. */
export const WebhooksCard = () => {
  const { t } = useTranslation();
  const webhooks = useQuery(webhooksQuery);
  const [adding, add] = useDisclosure(false);
  const [open, setOpen] = useState<Open | undefined>(undefined);
  return (
    <Card title={t('webhooks.title')}>
      <Text size="sm">{t('webhooks.lead')}</Text>
      <Loaded query={webhooks}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState text={t('webhooks.none')} />
          ) : (
            <div className="scroll-x" role="group" aria-label={t('webhooks.title')} tabIndex={0}>
              <Table miw={760} className="cards">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{t('webhooks.name')}</Table.Th>
                    <Table.Th scope="col">{t('webhooks.endpoint')}</Table.Th>
                    <Table.Th scope="col">{t('messages.state')}</Table.Th>
                    <Table.Th scope="col">{t('common.actions')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {all.map((webhook) => (
                    <WebhookRow
                      key={webhook.id}
                      webhook={webhook}
                      onAction={(action) => {
                        setOpen({ action, webhook });
                      }}
                    />
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )
        }
      </Loaded>
      <Group>
        <Button variant="default" onClick={add.open}>
          {t('webhooks.add')}
        </Button>
      </Group>
      {adding ? <AddWebhookDialog onClose={add.close} /> : null}
      {open === undefined ? null : (
        <OpenDialog
          open={open}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </Card>
  );
};
