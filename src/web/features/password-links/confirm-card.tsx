import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { ProblemNote } from '../../ui/errors/problem-note.tsx';
import { ButtonLink } from '../../ui/link.tsx';

/** Confirms an e-mail address, on a click: programs that look at links in e-mails must not do it. */
export const ConfirmCard = ({ token }: { readonly token: string }) => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => responseOf(api.POST('/api/v1/email/confirm', { body: { token } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['me'] }),
  });
  return (
    <Card>
      {confirm.isSuccess ? (
        <Stack>
          <Alert color="pine" variant="outline" role="status">
            {t('links.confirmDone')}
          </Alert>
          <ButtonLink to="/">{t('common.toHome')}</ButtonLink>
        </Stack>
      ) : (
        <Stack>
          {confirm.isError ? <ProblemNote error={confirm.error} /> : null}
          <Text>{t('links.confirmLead')}</Text>
          <Button
            loading={confirm.isPending}
            onClick={() => {
              confirm.mutate();
            }}
          >
            {t('links.confirmSubmit')}
          </Button>
        </Stack>
      )}
    </Card>
  );
};
