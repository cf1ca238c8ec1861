import { Alert, Button, Divider, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { loginOptionsQuery } from '../../api/queries.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { lazyPart } from '../../ui/lazy-part.ts';
import { Placeholder } from '../../ui/placeholder.tsx';
import { ssoOutcome } from './sso-outcome.ts';
import { useSso } from './use-sso.ts';

const DeniedAtProvider = lazyPart(async () => (await import('./denied-at-provider.tsx')).DeniedAtProvider);

const LastOutcome = ({ provider }: { readonly provider: string }) => {
  const { t } = useTranslation();
  const outcome = ssoOutcome();
  if (outcome === undefined || outcome === 'ok' || outcome === 'linked') {
    return null;
  }
  if (outcome === 'account_denied') {
    return (
      <Suspense fallback={<Placeholder />}>
        <DeniedAtProvider provider={provider} />
      </Suspense>
    );
  }
  return (
    <Alert color="red" variant="outline" role="alert">
      {t(`sso.outcome.${outcome}`, { provider })}
    </Alert>
  );
};

/** The log-in at the identity provider, where there is one, and why the last one came to nothing. */
export const SsoLogIn = () => {
  const { t } = useTranslation();
  const options = useQuery(loginOptionsQuery);
  const sso = useSso('login');
  const provider = options.data?.provider ?? null;
  if (provider === null) {
    return null;
  }
  return (
    <Stack>
      <LastOutcome provider={provider} />
      {sso.isError ? <ProblemNote error={sso.error} title={t('sso.noResponse', { provider })} /> : null}
      <Button
        loading={sso.isPending}
        onClick={() => {
          sso.mutate();
        }}
      >
        {t('sso.logIn', { provider })}
      </Button>
      <Divider label={t('sso.or')} />
      {options.data?.local_passwords === false ? <Text size="sm">{t('sso.passwordsOff')}</Text> : null}
    </Stack>
  );
};
