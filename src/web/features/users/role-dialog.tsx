import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRole } from '../../../contract/roles.ts';
import { projectQuery } from '../../api/queries.ts';
import type { User } from '../../api/views.ts';
import { TypedConfirmation } from '../../ui/forms/typed-confirmation.tsx';
import { ValidKits } from '../approvals/valid-kits.tsx';
import { ReissueDialog } from '../reissue/reissue-dialog.tsx';
import { useSession } from '../session/session-context.ts';
import { ChangeDialog } from './change-dialog.tsx';

interface RoleDialogProps {
  readonly user: User;
  readonly role: string;
  readonly onClose: () => void;
}

const useRoleName = () => {
  const { t } = useTranslation();
  return (which: string) => (isRole(which) ? t(`roles.${which}`) : t('roles.unset'));
};

const Meaning = ({ user, role }: Pick<RoleDialogProps, 'user' | 'role'>) => {
  const { t } = useTranslation();
  const { user: me } = useSession();
  const nameOf = useRoleName();
  return (
    <>
      <Text fw={600}>{t('roleChange.from', { before: nameOf(user.role), after: nameOf(role) })}</Text>
      {isRole(role) ? <Text size="sm">{t(`roleChange.may.${role}`)}</Text> : null}
      {user.id === me?.id ? <Text fw={600}>{t('roleChange.own')}</Text> : null}
    </>
  );
};

/** Says what a role may do before somebody gets it, and in a frozen project which certificate it supersedes. */
export const RoleDialog = ({ user, role, onClose }: RoleDialogProps) => {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const project = useQuery(projectQuery);
  const [email, setEmail] = useState('');
  const typed = role === 'project_admin';
  if (project.data?.frozen === true && isRole(role) && isRole(user.role)) {
    return (
      <ReissueDialog
        change={{ roles: [{ user: user.id, role }] }}
        title={t('roleChange.title', { name: user.email })}
        submit={t('roleChange.submit')}
        done={t('roleChange.done', { name: user.email, role: nameOf(role) })}
        ready={!typed || email === user.email}
        onClose={onClose}
      >
        <Meaning user={user} role={role} />
        <ValidKits subjects={[{ name: user.email, downloads: user.download_count }]} />
        {typed ? <TypedConfirmation expected={user.email} value={email} onChange={setEmail} /> : null}
      </ReissueDialog>
    );
  }
  return (
    <ChangeDialog
      user={user}
      change={{ role }}
      title={t('roleChange.title', { name: user.email })}
      submit={t('roleChange.submit')}
      done={t('roleChange.done', { name: user.email, role: nameOf(role) })}
      typed={typed}
      onClose={onClose}
    >
      <Meaning user={user} role={role} />
    </ChangeDialog>
  );
};
