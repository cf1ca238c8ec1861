import { Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionGate } from '../../api/session-gate.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LogIn } from './log-in.tsx';
import { meQuery } from './session.ts';
import { useSession } from './session-context.ts';
import { signedInHint } from './signed-in-hint.ts';

/** Asks for a new log-in above whatever the person was doing, and lets the held calls go on afterwards. */
export const ExpiredSession = () => {
  const { t } = useTranslation();
  const { user } = useSession();
  const cache = useQueryClient();
  const closed = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed);
  const giveUp = () => {
    sessionGate.open(false);
    signedInHint.clear();
    cache.setQueryData(meQuery.queryKey, null);
  };
  return (
    <Dialog
      opened={closed}
      title={t('session.expiredTitle')}
      onClose={giveUp}
      lightDismiss={false}
      layer="logIn"
    >
      <Stack>
        <Text size="sm">{t('session.expiredLead')}</Text>
        <LogIn
          email={user?.email ?? ''}
          onLoggedIn={() => {
            sessionGate.open(true);
          }}
        />
        <Button variant="subtle" onClick={giveUp}>
          {t('session.giveUp')}
        </Button>
      </Stack>
    </Dialog>
  );
};
