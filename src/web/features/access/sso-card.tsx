import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { loginOptionsQuery } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useSession } from '../session/session-context.ts';
import { ssoOutcome } from '../session/sso-outcome.ts';
import { useSso } from '../session/use-sso.ts';

const Outcome = ({ provider }: { readonly provider: string }) => {
  const { t } = useTranslation();
  const outcome = ssoOutcome();
  if (outcome === undefined || outcome === 'ok') {
    return null;
  }
  return (
    <Alert color={outcome === 'linked' ? 'pine' : 'red'} variant="outline" role="alert">
      {outcome === 'linked' ? t('sso.linked') : t(`sso.outcome.${outcome}`, { provider })}
    </Alert>
  );
};

/** Connects one's own account with the identity provider, where there is one. */
export const SsoCard = () => {
  const { t } = useTranslation();
  const { connected } = useSession();
  const options = useQuery(loginOptionsQuery);
  const sso = useSso('link');
  const cache = useQueryClient();
  const outcome = useOutcome();
  const unlink = useMutation({
    mutationFn: () => responseOf(api.DELETE('/api/v1/sso/link')),
    onSuccess: () => {
      outcome.done(t('sso.disconnected'));
      return cache.invalidateQueries();
    },
  });
  const provider = options.data?.provider ?? null;
  if (provider === null) {
    return null;
  }
  return (
    <Card title={t('sso.title')}>
      <Outcome provider={provider} />
      {sso.isError ? <ProblemNote error={sso.error} /> : null}
      {connected ? (
        <>
          <Text size="sm">{t('sso.connected', { provider })}</Text>
          <Text size="sm" c="dimmed">
            {t('sso.disconnectLead')}
          </Text>
          {unlink.isError ? <ProblemNote error={unlink.error} /> : null}
          <Group>
            <Button
              variant="default"
              loading={unlink.isPending}
              onClick={() => {
                unlink.mutate();
              }}
            >
              {t('sso.disconnect')}
            </Button>
          </Group>
        </>
      ) : (
        <>
          <Text size="sm">{t('sso.connectLead', { provider })}</Text>
          <Group>
            <Button
              variant="default"
              loading={sso.isPending}
              onClick={() => {
                sso.mutate();
              }}
            >
              {t('sso.connect')}
            </Button>
          </Group>
        </>
      )}
    </Card>
  );
};
