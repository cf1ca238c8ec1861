import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/views.ts';
import { ChangeDialog } from './change-dialog.tsx';

interface OrganizationDialogProps {
  readonly user: User;
  readonly organization: string;
  readonly onClose: () => void;
}

/** Asks before the organization of somebody changes who already has a kit. */
export const OrganizationDialog = ({ user, organization, onClose }: OrganizationDialogProps) => {
  const { t } = useTranslation();
  return (
    <ChangeDialog
      user={user}
      change={{ organization }}
      title={t('organizationChange.title', { name: user.email })}
      submit={t('organizationChange.submit')}
      done={t('organizationChange.done', { name: user.email, organization })}
      onClose={onClose}
    >
      <Text fw={600}>{t('roleChange.from', { before: user.organization, after: organization })}</Text>
    </ChangeDialog>
  );
};
