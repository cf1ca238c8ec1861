import { Button, Group, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { invitationsQuery } from '../../api/queries.ts';
import type { Invitation, NewInvitation } from '../../api/views.ts';
import { useFormats } from '../../i18n/format.ts';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { ReadyLinks } from './ready-links.tsx';

const useStateText = () => {
  const { t } = useTranslation();
  return ({ accepted_by: accepted, uses_left: left, expired }: Invitation): string => {
    const open = expired
      ? t('invitations.expired')
      : left === 0
        ? undefined
        : left === 1 && accepted.length === 0
          ? t('invitations.open')
          : t('invitations.openUses', { count: left });
    const used = accepted.length === 0 ? undefined : t('invitations.accepted', { who: accepted.join(', ') });
    return [open, used].filter((text) => text !== undefined).join('; ');
  };
};

interface RowProps {
  readonly invitation: Invitation;
  readonly onRenewed: (renewed: readonly NewInvitation[]) => void;
}

const InvitationRow = ({ invitation, onRenewed }: RowProps) => {
  const { t } = useTranslation();
  const { day } = useFormats();
  const stateText = useStateText();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const path = { id: invitation.id };
  const refresh = () => cache.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  const renew = useMutation({
    mutationFn: async () =>
      (await responseOf(api.POST('/api/v1/invitations/{id}/renew', { params: { path }, body: {} })))
        .invitations,
    onSuccess: async (renewed) => {
      onRenewed(renewed);
      await refresh();
    },
    onError: outcome.failed,
  });
  const revoke = useMutation({
    mutationFn: () => responseOf(api.DELETE('/api/v1/invitations/{id}', { params: { path } })),
    onSuccess: async () => {
      outcome.done(t('invitations.revoked'));
      await refresh();
    },
    onError: outcome.failed,
  });
  const name = invitation.email || t('invitations.anybody');
  return (
    <Table.Tr>
      <Table.Td data-label={t('invitations.who')}>{name}</Table.Td>
      <Table.Td data-label={t('invitations.organization')}>{invitation.organization}</Table.Td>
      <Table.Td data-label={t('invitations.role')}>{t(`roles.${invitation.role}`)}</Table.Td>
      <Table.Td data-label={t('invitations.state')}>{stateText(invitation)}</Table.Td>
      <Table.Td data-label={t('invitations.expires')} className="whole">
        {day(invitation.expires_at)}
      </Table.Td>
      <Table.Td data-label={t('common.actions')}>
        <Group gap="xs" wrap="nowrap">
          {invitation.uses_left > 0 ? (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('invitations.renewOf', { name })}
              loading={renew.isPending}
              onClick={() => {
                renew.mutate();
              }}
            >
              {t('invitations.renew')}
            </Button>
          ) : null}
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('invitations.revokeOf', { name })}
            loading={revoke.isPending}
            onClick={() => {
              revoke.mutate();
            }}
          >
            {t('invitations.revoke')}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
};

/** All invitations with what became of them. */
export const InvitationsCard = () => {
  const { t } = useTranslation();
  const invitations = useQuery(invitationsQuery);
  const [renewed, setRenewed] = useState<readonly NewInvitation[] | undefined>(undefined);
  const close = () => {
    setRenewed(undefined);
  };
  if (invitations.data?.length === 0) {
    return null;
  }
  return (
    <Card title={t('invitations.title')}>
      <Text size="sm">{t('invitations.lead')}</Text>
      <Loaded query={invitations}>
        {(all) => (
          <div className="scroll-x" role="group" aria-label={t('invitations.title')} tabIndex={0}>
            <Table miw={760} className="cards">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t('invitations.who')}</Table.Th>
                  <Table.Th scope="col">{t('invitations.organization')}</Table.Th>
                  <Table.Th scope="col">{t('invitations.role')}</Table.Th>
                  <Table.Th scope="col">{t('invitations.state')}</Table.Th>
                  <Table.Th scope="col">{t('invitations.expires')}</Table.Th>
                  <Table.Th scope="col">{t('common.actions')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {all.map((invitation) => (
                  <InvitationRow key={invitation.id} invitation={invitation} onRenewed={setRenewed} />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Loaded>
      {renewed === undefined ? null : (
        <Dialog opened title={t('invitations.readyTitle')} onClose={close} lightDismiss={false} size="lg">
          <ReadyLinks invitations={renewed} onClose={close} />
        </Dialog>
      )}
    </Card>
  );
};
