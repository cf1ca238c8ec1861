import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { InviteDialog } from '../invitations/invite-dialog.tsx';
import { ButtonLink } from '../../ui/link.tsx';

/** Invites the first people; the set-up is done after it. */
export const InviteStep = () => {
  const { t } = useTranslation();
  const [inviting, dialog] = useDisclosure(false);
  return (
    <Stack>
      <Text>{t('setUp.inviteLead')}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={dialog.open}>
          {t('invitations.invite')}
        </Button>
        <ButtonLink to="/">{t('setUp.finish')}</ButtonLink>
      </Group>
      {inviting ? <InviteDialog onClose={dialog.close} /> : null}
    </Stack>
  );
};
