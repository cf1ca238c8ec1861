import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { IDLE_SECONDS, RENEWAL_SECONDS } from '../../../contract/session-times.ts';
import { sessionGate } from '../../api/session-gate.ts';
import { sessionUse } from '../../api/session-use.ts';
import { dialogTops } from '../../ui/dialog-tops.ts';
import { LAYERS } from '../../ui/layers.ts';
import { meQuery } from './session.ts';

const NOTED_BEFORE_MS = 2 * 60_000;
const LOOK_MS = 5_000;
/** The last request may have moved the end of the session as little as one that came a renewal earlier. */
const IDLE_MS = (IDLE_SECONDS - RENEWAL_SECONDS) * 1000;

/** Hour and minute, as `moment` of the other formats gives them. */
const timeIn = (language: string, ms: number): string =>
  new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);

const everyFewSeconds = (look: () => void): (() => void) => {
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
  };
};

/** Gives when the session ends, in ms since the epoch, once that is near; 0 before. */
const useNearEnd = (limit: number): number =>
  useSyncExternalStore(everyFewSeconds, () => {
    const end = Math.min(limit, sessionUse.last() + IDLE_MS);
    return end - Date.now() <= NOTED_BEFORE_MS ? end : 0;
  });

/** Says about two minutes before the session ends that it does, above the page or in the dialog that covers it. */
export const SessionEnd = () => {
  const { t, i18n } = useTranslation();
  // Asking without need would keep the session alive.
  const me = useQuery({ ...meQuery, refetchOnMount: false });
  const limit = me.dataUpdatedAt + (me.data?.max_expires_in ?? 0) * 1000;
  const end = useNearEnd(limit);
  const dialog = useSyncExternalStore(dialogTops.subscribe, dialogTops.get).at(-1);
  const loggedOut = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed);
  const atLimit = end === limit;
  const note =
    end === 0 || loggedOut ? null : (
      <Alert
        color="yellow"
        variant="outline"
        title={t('sessionEnd.title', { time: timeIn(i18n.language, end) })}
        {...(dialog ? { mb: 'md' } : { className: 'stuck', style: { zIndex: LAYERS.note } })}
      >
        <Group gap="sm" justify="space-between">
          <Text size="sm">{t(atLimit ? 'sessionEnd.limit' : 'sessionEnd.idle')}</Text>
          <Button
            size="xs"
            variant="default"
            loading={me.isFetching}
            onClick={() => {
              if (atLimit) {
                sessionGate.ask();
              } else {
                void me.refetch();
              }
            }}
          >
            {t(atLimit ? 'sessionEnd.logIn' : 'sessionEnd.stay')}
          </Button>
        </Group>
      </Alert>
    );
  return (
    <div className="session-end" aria-live="polite" style={{ display: 'contents' }}>
      {dialog ? createPortal(note, dialog) : note}
    </div>
  );
};
