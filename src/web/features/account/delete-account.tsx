import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BASE } from '../../api/base.ts';
import { api, responseOf } from '../../api/client.ts';
import { sessionGate } from '../../api/session-gate.ts';
import type { User } from '../../api/views.ts';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { TypedConfirmation } from '../../ui/forms/typed-confirmation.tsx';
import { signedInHint } from '../session/signed-in-hint.ts';
import { useReportedMutation } from '../../ui/use-reported-mutation.ts';

const DeleteDialog = ({ user, onClose }: { readonly user: User; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const remove = useReportedMutation({
    mutationFn: () => responseOf(api.DELETE('/api/v1/users/{id}', { params: { path: { id: user.id } } })),
    onSuccess: () => {
      sessionGate.signedIn(false);
      signedInHint.clear();
      location.assign(`${BASE}/`);
    },
  });
  return (
    <Dialog opened title={t('deletion.title')} onClose={onClose}>
      <Stack>
        <Text size="sm">{t('deletion.lead')}</Text>
        {remove.isError ? <ProblemNote error={remove.error} /> : null}
        <TypedConfirmation expected={user.email} value={typed} onChange={setTyped} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            color="red.9"
            disabled={typed !== user.email}
            loading={remove.isPending}
            onClick={() => {
              remove.mutate();
            }}
          >
            {t('deletion.delete')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};

/** Deletes one's own account, and says before what becomes of sites and certificates. */
export const DeleteAccount = ({ user }: { readonly user: User }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Card title={t('deletion.title')}>
      <Text size="sm">{t('deletion.lead')}</Text>
      <Group>
        <Button
          variant="default"
          onClick={() => {
            setOpen(true);
          }}
        >
          {t('deletion.delete')}
        </Button>
      </Group>
      {open ? (
        <DeleteDialog
          user={user}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </Card>
  );
};
