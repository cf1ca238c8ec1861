import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isRole } from '../../../contract/roles.ts';
import type { User } from '../../api/views.ts';
import { useSession } from '../session/session-context.ts';
import { ChangeDialog } from './change-dialog.tsx';

interface RoleDialogProps {
  readonly user: User;
  readonly role: string;
  readonly onClose: () => void;
}

/** Says what a role may do before somebody gets it; a project admin is named by e-mail. */
export const RoleDialog = ({ user, role, onClose }: RoleDialogProps) => {
  const { t } = useTranslation();
  const { user: me } = useSession();
  const nameOf = (which: string) => (isRole(which) ? t(`roles.${which}`) : t('roles.unset'));
  return (
    <ChangeDialog
      user={user}
      change={{ role }}
      title={t('roleChange.title', { name: user.email })}
      submit={t('roleChange.submit')}
      done={t('roleChange.done', { name: user.email, role: nameOf(role) })}
      typed={role === 'project_admin'}
      onClose={onClose}
    >
      <Text fw={600}>{t('roleChange.from', { before: nameOf(user.role), after: nameOf(role) })}</Text>
      {isRole(role) ? <Text size="sm">{t(`roleChange.may.${role}`)}</Text> : null}
      {user.id === me?.id ? <Text fw={600}>{t('roleChange.own')}</Text> : null}
    </ChangeDialog>
  );
};
