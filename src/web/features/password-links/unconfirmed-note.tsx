import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';

/** Reminds somebody of the link that confirms the e-mail address. */
export const UnconfirmedNote = ({ email }: { readonly email: string }) => {
  const { t } = useTranslation();
  const outcome = useOutcome();
  const ask = useMutation({
    mutationFn: () => responseOf(api.POST('/api/v1/email/confirmation')),
    onSuccess: () => {
      outcome.done(t('links.unconfirmedSent'));
    },
    onError: outcome.failed,
  });
  return (
    <Alert color="yellow" variant="outline" title={t('links.unconfirmedTitle')} mb="md">
      <Text size="sm">{t('links.unconfirmedLead', { email })}</Text>
      <Group mt="xs">
        <Button
          size="xs"
          variant="default"
          loading={ask.isPending}
          onClick={() => {
            ask.mutate();
          }}
        >
          {t('links.unconfirmedAgain')}
        </Button>
      </Group>
    </Alert>
  );
};
