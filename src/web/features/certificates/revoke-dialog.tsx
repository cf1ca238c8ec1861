import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RevocationReason } from '../../../contract/revocation.ts';
import { api, responseOf } from '../../api/client.ts';
import type { LedgerEntry, Revocation } from '../../api/views.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { FocusHere } from '../../ui/focus-here.tsx';
import { ReasonSelect } from './revocation-reason.tsx';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

interface RevokeDialogProps {
  readonly entry: LedgerEntry;
  readonly onClose: () => void;
}

/** Shows what was revoked, and what has to be done on the FL server. */
const Outcome = ({ entry, outcome }: { readonly entry: LedgerEntry; readonly outcome: Revocation }) => {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="status">
      <Text fw={600}>{t('revocation.done', { count: outcome.revoked.length })}</Text>
      {outcome.listed ? null : <Text>{t('revocation.unlisted')}</Text>}
      {outcome.pending.length > 0 ? (
        <Text>{t('revocation.pending', { names: outcome.pending.join(', ') })}</Text>
      ) : null}
      {entry.kind === 'admin' ? <Text>{t('revocation.person')}</Text> : null}
      {outcome.lock_out.length > 0 ? (
        <>
          <Text>{t('revocation.lockOut')}</Text>
          {outcome.lock_out.map(({ name, command }) => (
            <CopyText key={name} text={command} what={t('revocation.command')} />
          ))}
          <Text size="sm">{t('revocation.lockOutOlder')}</Text>
        </>
      ) : null}
    </Stack>
  );
};

/** Asks for the reason, revokes, then shows what is left to do. */
export const RevokeDialog = ({ entry, onClose }: RevokeDialogProps) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [reason, setReason] = useState<RevocationReason>('unspecified');
  const [all, setAll] = useState(true);
  const revoke = useReportedMutation({
    mutationFn: () =>
      responseOf(
        api.POST('/api/v1/certificates/revoke', {
          body: { serials: [entry.serial], reason, all_of_holder: all },
        }),
      ),
    onSettled: () => cache.invalidateQueries(),
  });
  return (
    <Dialog opened title={t('revocation.title', { name: entry.common_name })} onClose={onClose} size="lg">
      <Stack>
        {revoke.isError ? <ProblemNote error={revoke.error} /> : null}
        {revoke.data ? (
          <FocusHere>
            <Outcome entry={entry} outcome={revoke.data} />
          </FocusHere>
        ) : (
          <>
            <Alert color="red.9">{t('revocation.warning')}</Alert>
            <ReasonSelect
              label={t('revocation.reason')}
              value={reason}
              onChange={(chosen) => {
                setReason(chosen ?? 'unspecified');
              }}
            />
            {entry.holder ? (
              <Checkbox
                label={t('revocation.all')}
                checked={all}
                onChange={(event) => {
                  setAll(event.currentTarget.checked);
                }}
              />
            ) : null}
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {revoke.data ? t('common.close') : t('common.cancel')}
          </Button>
          {revoke.data ? null : (
            <Button
              color="red.9"
              loading={revoke.isPending}
              onClick={() => {
                revoke.mutate();
              }}
            >
              {t('revocation.revoke')}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
};
