import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, responseOf } from '../../api/client.ts';
import { useOutcome } from '../../ui/errors/use-outcome.ts';
import { useSession } from '../session/session-context.ts';

/** Reminds somebody of the link that confirms the e-mail address. */
export const UnconfirmedNote = () => {
  const { t } = useTranslation();
  const { user } = useSession();
  const outcome = useOutcome();
  const ask = useMutation({
    mutationFn: () => responseOf(api.POST('/api/v1/email/confirmation')),
    onSuccess: () => {
      outcome.done(t('links.unconfirmedSent'));
    },
    onError: outcome.failed,
  });
  if (user?.email_state !== 'unconfirmed') {
    return null;
  }
  return (
    <Alert color="yellow" variant="outline" title={t('links.unconfirmedTitle')} mb="md">
      <Text size="sm">{t('links.unconfirmedLead', { email: user.email })}</Text>
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
