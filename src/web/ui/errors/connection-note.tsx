import { Alert, Group, Loader, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { LAYERS } from '../layers.ts';
import { connection } from '../../api/connection.ts';

const ASK_AGAIN = 2_000;

/** Says that the backend does not respond, asks until it does, and then has everything on the page loaded again. */
export const ConnectionNote = () => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const lost = useSyncExternalStore(connection.subscribe, connection.isLost);
  const wasLost = useRef(false);
  useQuery({
    queryKey: ['connection'],
    queryFn: () => responseOf(api.GET('/api/v1/health')),
    enabled: lost,
    retry: false,
    refetchInterval: ASK_AGAIN,
    gcTime: 0,
  });
  useEffect(() => {
    if (wasLost.current && !lost) {
      void cache.invalidateQueries();
    }
    wasLost.current = lost;
  }, [lost, cache]);
  if (!lost) {
    return null;
  }
  return (
    <Alert
      color="yellow"
      variant="outline"
      role="alert"
      title={t('errors.connectionTitle')}
      className="stuck"
      style={{ zIndex: LAYERS.connection }}
    >
      <Group gap="sm" wrap="nowrap">
        <Loader size="xs" aria-hidden />
        <Text size="sm">{t('errors.connectionLead')}</Text>
      </Group>
    </Alert>
  );
};
