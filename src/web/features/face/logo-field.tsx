import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { logoAddress } from './logo-address.ts';

/** Bytes that are turned into text at once. */
const CHUNK = 8192;

const base64Of = async (file: File): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
};

/** Shows the logo and lets another one be chosen, which is sent at once. */
export const LogoField = ({ logo }: { readonly logo: string }) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const outcome = useOutcome();
  const onSuccess = async () => {
    outcome.done(t('common.saved'));
    await cache.invalidateQueries({ queryKey: ['project'] });
  };
  const put = useMutation({
    mutationFn: async (file: File) =>
      responseOf(api.PUT('/api/v1/project/logo', { body: { content: await base64Of(file) } })),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => responseOf(api.DELETE('/api/v1/project/logo')),
    onSuccess,
  });
  const error = put.error ?? remove.error;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t('face.logo')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('face.logoHint')}
      </Text>
      {error === null ? null : <ProblemNote error={error} />}
      {logo === '' ? null : <img className="logo" src={logoAddress(logo)} alt={t('face.logo')} />}
      <Group gap="xs">
        <FileButton
          accept="image/png,image/jpeg"
          onChange={(file) => {
            if (file !== null) {
              remove.reset();
              put.mutate(file);
            }
          }}
        >
          {(button) => (
            <Button {...button} variant="default" loading={put.isPending}>
              {t('face.chooseLogo')}
            </Button>
          )}
        </FileButton>
        {logo === '' ? null : (
          <Button
            variant="default"
            loading={remove.isPending}
            onClick={() => {
              put.reset();
              remove.mutate();
            }}
          >
            {t('face.removeLogo')}
          </Button>
        )}
      </Group>
    </Stack>
  );
};
