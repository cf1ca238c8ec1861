import { Button, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OUTBOX_STATES } from '../../../contract/api/outbox.ts';
import { api, responseOf } from '../../api/client.ts';
import { outboxQuery } from '../../api/queries.ts';
import type { Message } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { MESSAGES_A_PAGE } from './messages-a-page.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { Pager } from '../../ui/tables/pager.tsx';
import { messageEvent } from './message-event.ts';

const StateCell = ({ message }: { readonly message: Message }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const { state, attempts, next_at: next, error, error_detail: detail } = message;
  return (
    <>
      <Text size="sm">
        {[
          t(`messages.states.${state}`),
          attempts > 1 ? t('messages.attempts', { count: attempts }) : '',
          next === undefined ? '' : t('messages.nextAt', { time: moment(next) }),
        ]
          .filter(Boolean)
          .join(', ')}
      </Text>
      {error === undefined ? null : <Text size="sm">{t(`messages.errors.${error}`)}</Text>}
      {detail === '' ? null : (
        <Text size="sm" c="dimmed">
          {detail}
        </Text>
      )}
    </>
  );
};

const MessageRow = ({ message }: { readonly message: Message }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const path = { id: message.id };
  const refresh = () => cache.invalidateQueries({ queryKey: ['outbox'] });
  const retry = useMutation({
    mutationFn: () => responseOf(api.POST('/api/v1/outbox/{id}/retry', { params: { path } })),
    onSuccess: async () => {
      outcome.done(t('messages.retried'));
      await refresh();
    },
    onError: outcome.failed,
  });
  const discard = useMutation({
    mutationFn: () => responseOf(api.DELETE('/api/v1/outbox/{id}', { params: { path } })),
    onSuccess: async () => {
      outcome.done(t('messages.discarded'));
      await refresh();
    },
    onError: outcome.failed,
  });
  const name = message.recipient;
  return (
    <Table.Tr>
      <Table.Td data-label={t('messages.recipient')}>{name}</Table.Td>
      <Table.Td data-label={t('messages.about')}>
        {t(`messages.events.${messageEvent(message.event)}`)}
      </Table.Td>
      <Table.Td data-label={t('messages.state')}>
        <StateCell message={message} />
      </Table.Td>
      <Table.Td data-label={t('messages.created')} className="whole">
        {moment(message.created_at)}
      </Table.Td>
      <Table.Td data-label={t('common.actions')}>
        {message.state === 'sent' ? null : (
          <Group gap="xs" wrap="nowrap">
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('messages.retryOf', { name })}
              loading={retry.isPending}
              onClick={() => {
                retry.mutate();
              }}
            >
              {t('messages.retry')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('messages.discardOf', { name })}
              loading={discard.isPending}
              onClick={() => {
                discard.mutate();
              }}
            >
              {t('messages.discard')}
            </Button>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
};

const MessagesTable = ({ messages }: { readonly messages: readonly Message[] }) => {
  const { t } = useTranslation();
  return (
    <div className="scroll-x" role="region" aria-label={t('messages.title')} tabIndex={0}>
      <Table miw={760} className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('messages.recipient')}</Table.Th>
            <Table.Th scope="col">{t('messages.about')}</Table.Th>
            <Table.Th scope="col">{t('messages.state')}</Table.Th>
            <Table.Th scope="col">{t('messages.created')}</Table.Th>
            <Table.Th scope="col">{t('common.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {messages.map((message) => (
            <MessageRow key={message.id} message={message} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};

/** All messages with what became of them, the newest first. */
export const MessagesCard = () => {
  const { t } = useTranslation();
  const [state, setState] = useState<Message['state'] | undefined>(undefined);
  const [page, setPage] = useState(1);
  const outbox = useQuery(
    outboxQuery({ state, offset: (page - 1) * MESSAGES_A_PAGE, limit: MESSAGES_A_PAGE }),
  );
  return (
    <Card>
      <Loaded query={outbox} lines={8}>
        {({ messages, total, waiting, failed }) => (
          <Stack>
            <Group justify="space-between">
              <Text size="sm" role="status">
                {t('messages.counts', { waiting, failed })}
              </Text>
              <NativeSelect
                label={t('messages.filter')}
                value={state ?? ''}
                data={[
                  { value: '', label: t('messages.all') },
                  ...OUTBOX_STATES.map((value) => ({ value, label: t(`messages.states.${value}`) })),
                ]}
                onChange={({ currentTarget: { value } }) => {
                  setState(OUTBOX_STATES.find((one) => one === value));
                  setPage(1);
                }}
              />
            </Group>
            {messages.length === 0 ? (
              <EmptyState text={t('messages.empty')} />
            ) : (
              <MessagesTable messages={messages} />
            )}
            <Pager page={page} size={MESSAGES_A_PAGE} total={total} onPage={setPage} />
          </Stack>
        )}
      </Loaded>
    </Card>
  );
};
