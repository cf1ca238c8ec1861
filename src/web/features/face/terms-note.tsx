import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { TextLink } from '../../ui/link.tsx';
import { PATHS } from '../../ui/page-list.ts';

/** Asks somebody who accepted other terms, or none, to accept those of today. */
export const TermsNote = ({ version }: { readonly version: string }) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const accept = useMutation({
    mutationFn: () => responseOf(api.POST('/api/v1/terms', { body: { version } })),
    onSettled: () => cache.invalidateQueries(),
  });
  return (
    <Alert color="yellow" variant="outline" title={t('face.newTerms')}>
      <Text size="sm">{t('face.newTermsLead', { version })}</Text>
      {accept.isError ? <ProblemNote error={accept.error} /> : null}
      <Group gap="md" mt="xs">
        <TextLink to={PATHS.about}>{t('face.readTerms')}</TextLink>
        <Button
          variant="default"
          loading={accept.isPending}
          onClick={() => {
            accept.mutate();
          }}
        >
          {t('face.acceptNow')}
        </Button>
      </Group>
    </Alert>
  );
};
