import { Button, Group, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { ownSessionsQuery } from '../../api/queries.ts';
import type { OwnSession } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { deviceOf, type Device } from './device.ts';

const useEndSessions = () => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  return useMutation({
    mutationFn: (id: string | undefined) =>
      id === undefined
        ? responseOf(api.DELETE('/api/v1/sessions'))
        : responseOf(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })),
    onSuccess: async (_, id) => {
      outcome.done(t(id === undefined ? 'sessions.othersEnded' : 'sessions.ended'));
      await cache.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
    },
    onError: outcome.failed,
  });
};

const useDeviceText = () => {
  const { t } = useTranslation();
  return ({ program, system }: Device): string => {
    const name = program || t('sessions.unknown');
    return system === '' ? name : t('sessions.device', { program: name, system });
  };
};

const SessionRow = ({ session }: { readonly session: OwnSession }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const end = useEndSessions();
  const deviceText = useDeviceText();
  return (
    <Table.Tr>
      <Table.Td data-label={t('sessions.where')}>
        <Text size="sm" maw={320} title={session.user_agent}>
          {deviceText(deviceOf(session.user_agent))}
        </Text>
      </Table.Td>
      <Table.Td data-label={t('sessions.address')}>{session.address}</Table.Td>
      <Table.Td data-label={t('sessions.used')} className="whole">
        {moment(session.last_used_at)}
      </Table.Td>
      <Table.Td data-label={t('sessions.opened')} className="whole">
        {moment(session.created_at)}
      </Table.Td>
      <Table.Td data-label={t('common.actions')}>
        {session.current ? (
          t('sessions.current')
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('sessions.endOf', { address: session.address })}
            loading={end.isPending}
            onClick={() => {
              end.mutate(session.id);
            }}
          >
            {t('sessions.end')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
};

const SessionsTable = ({ sessions }: { readonly sessions: readonly OwnSession[] }) => {
  const { t } = useTranslation();
  return (
    <div className="scroll-x" role="group" aria-label={t('sessions.title')} tabIndex={0}>
      <Table miw={640} className="cards">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('sessions.where')}</Table.Th>
            <Table.Th scope="col">{t('sessions.address')}</Table.Th>
            <Table.Th scope="col">{t('sessions.used')}</Table.Th>
            <Table.Th scope="col">{t('sessions.opened')}</Table.Th>
            <Table.Th scope="col">{t('common.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
};

/** Where one's account is logged in, and how to end that. */
export const OwnSessions = () => {
  const { t } = useTranslation();
  const sessions = useQuery(ownSessionsQuery);
  const end = useEndSessions();
  return (
    <Card title={t('sessions.title')}>
      <Text size="sm">{t('sessions.lead')}</Text>
      <Loaded query={sessions}>{(all) => <SessionsTable sessions={all} />}</Loaded>
      {(sessions.data ?? []).length > 1 ? (
        <Group>
          <Button
            variant="default"
            loading={end.isPending}
            onClick={() => {
              end.mutate(undefined);
            }}
          >
            {t('sessions.endOthers')}
          </Button>
        </Group>
      ) : null}
    </Card>
  );
};
