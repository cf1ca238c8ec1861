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
import { SsoLogIn } from './sso-log-in.tsx';

/** Asks for a new log-in above whatever the person was doing, and lets the held calls go on afterwards; shortly before a session ends also when asked to. */
export const ExpiredSession = () => {
  const { t } = useTranslation();
  const { user } = useSession();
  const cache = useQueryClient();
  const closed = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed);
  const ended = useSyncExternalStore(sessionGate.subscribe, sessionGate.holdsCalls);
  const giveUp = () => {
    sessionGate.open(false);
    signedInHint.clear();
    cache.setQueryData(meQuery.queryKey, null);
  };
  return (
    <Dialog
      opened={closed}
      title={t(ended ? 'sessionEnd.expiredTitle' : 'sessionEnd.logIn')}
      onClose={ended ? giveUp : sessionGate.cancel}
      lightDismiss={false}
      layer="logIn"
    >
      <Stack>
        <Text size="sm">{t(ended ? 'sessionEnd.expiredLead' : 'sessionEnd.logInLead')}</Text>
        <SsoLogIn />
        <LogIn
          email={user?.email ?? ''}
          onLoggedIn={() => {
            sessionGate.open(true);
            void cache.invalidateQueries({ queryKey: meQuery.queryKey });
          }}
        />
        <Button variant="subtle" onClick={ended ? giveUp : sessionGate.cancel}>
          {t(ended ? 'sessionEnd.giveUp' : 'common.cancel')}
        </Button>
      </Stack>
    </Dialog>
  );
};
