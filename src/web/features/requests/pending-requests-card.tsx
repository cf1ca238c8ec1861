import { Button, Group, Paper, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { requestsQuery } from '../../api/queries.ts';
import type { CertificateRequest } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { RejectDialog } from './reject-dialog.tsx';
import { RequestDetails } from './request-details.tsx';

const PendingRequest = ({ request }: { readonly request: CertificateRequest }) => {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const [rejecting, setRejecting] = useState(false);
  const { id, name, version } = request;
  const path = { id };
  const onSettled = () => cache.invalidateQueries();
  const approve = useMutation({
    mutationFn: () =>
      responseOf(api.POST('/api/v1/requests/{id}/approve', { params: { path }, body: { version } })),
    onSuccess: () => {
      outcome.done(t('ownKey.approvedOf', { name }));
    },
    onError: outcome.failed,
    onSettled,
  });
  const reject = useMutation({
    mutationFn: (reason: string) =>
      responseOf(api.POST('/api/v1/requests/{id}/reject', { params: { path }, body: { version, reason } })),
    onSuccess: () => {
      outcome.done(t('ownKey.rejectedOf', { name }));
    },
    onError: outcome.failed,
    onSettled,
  });
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Text fw={600}>{name}</Text>
          <RequestDetails request={request} />
          <Text size="xs" c="dimmed">
            {t('ownKey.submitted', { who: request.requested_by, time: moment(request.created_at) })}
          </Text>
        </div>
        <Group gap="xs">
          <Button
            size="xs"
            loading={approve.isPending}
            aria-label={t('ownKey.approveOf', { name })}
            onClick={() => {
              approve.mutate();
            }}
          >
            {t('ownKey.approve')}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={t('ownKey.rejectOf', { name })}
            onClick={() => {
              setRejecting(true);
            }}
          >
            {t('ownKey.reject')}
          </Button>
        </Group>
      </Group>
      {rejecting ? (
        <RejectDialog
          name={name}
          onReject={(reason) => {
            setRejecting(false);
            reject.mutate(reason);
          }}
          onClose={() => {
            setRejecting(false);
          }}
        />
      ) : null}
    </Paper>
  );
};

/** Requests for certificates of keys that stay elsewhere; nothing while none waits. */
export const PendingRequestsCard = () => {
  const { t } = useTranslation();
  const { data } = useQuery(requestsQuery);
  const pending = (data ?? []).filter(({ state }) => state === 'pending');
  if (pending.length === 0) {
    return null;
  }
  return (
    <Card title={t('ownKey.inboxTitle')}>
      <Text size="sm">{t('ownKey.inboxLead')}</Text>
      <ul className="plain-list facts-list">
        {pending.map((request) => (
          <PendingRequest key={request.id} request={request} />
        ))}
      </ul>
    </Card>
  );
};
