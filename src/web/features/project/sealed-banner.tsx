import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { readyQuery } from '../../api/queries.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useSession } from '../session/session-context.ts';

const UnsealForm = () => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const [passphrase, setPassphrase] = useState('');
  const unseal = useMutation({
    mutationFn: () => responseOf(api.POST('/api/v1/unseal', { body: { passphrase } })),
    onSuccess: async () => {
      outcome.done(t('sealed.done'));
      await cache.invalidateQueries();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        unseal.mutate();
      }}
    >
      <Stack gap="xs">
        {unseal.isError ? <ProblemNote error={unseal.error} /> : null}
        <Group align="flex-end" gap="xs">
          <PasswordField
            label={t('sealed.passphrase')}
            // Browsers fill the log-in password in where they read `off`.
            autoComplete="new-password"
            value={passphrase}
            onChange={(event) => {
              setPassphrase(event.currentTarget.value);
            }}
            w={280}
            maw="100%"
          />
          <Button type="submit" loading={unseal.isPending} disabled={passphrase === ''}>
            {t('sealed.unseal')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Says on every page that no kit can be made, and lets the project admin change that. */
export const SealedBanner = () => {
  const { t } = useTranslation();
  const { role } = useSession();
  const { data } = useQuery(readyQuery);
  if (!data?.sealed) {
    return null;
  }
  return (
    <Alert color="yellow" variant="outline" title={t('sealed.title')}>
      <Stack gap="sm">
        <Text size="sm">{t('sealed.lead')}</Text>
        {role === 'project_admin' ? <UnsealForm /> : <Text size="sm">{t('sealed.ask')}</Text>}
      </Stack>
    </Alert>
  );
};
