import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NewInvitation } from '../../api/views.ts';
import { CopyText } from '../../ui/copy-text.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { csvOf } from '../../ui/tables/csv.ts';
import { invitationLink } from './invitation-link.ts';

interface ReadyLinksProps {
  readonly invitations: readonly NewInvitation[];
  readonly onClose: () => void;
}

/** The links of new invitations, shown once. */
export const ReadyLinks = ({ invitations, onClose }: ReadyLinksProps) => {
  const { t } = useTranslation();
  const saveLinks = () => {
    const rows = invitations.map(({ email, organization, role, token }) => [
      email,
      organization,
      role,
      invitationLink(token),
    ]);
    const csv = csvOf([['email', 'organization', 'role', 'link'], ...rows]);
    saveFile(new Blob([csv], { type: 'text/csv' }), 'invitations.csv');
  };
  return (
    <Stack>
      <Text size="sm" role="status">
        {t('invitations.readyLead')}
      </Text>
      {invitations.map(({ id, email, token, mailed }) => {
        const name = email || t('invitations.anybody');
        return (
          <Stack key={id} gap={4}>
            <Text size="sm" fw={600}>
              {name}
            </Text>
            {mailed ? <Text size="sm">{t('invitations.mailed')}</Text> : null}
            <CopyText text={invitationLink(token)} what={t('invitations.linkOf', { name })} block />
          </Stack>
        );
      })}
      <Group justify="flex-end">
        <Button variant="default" onClick={saveLinks}>
          {t('imports.saveLinks')}
        </Button>
        <Button onClick={onClose}>{t('invitations.done')}</Button>
      </Group>
    </Stack>
  );
};
