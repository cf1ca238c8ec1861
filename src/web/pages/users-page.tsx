import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../api/queries.ts';
import { AddUserDialog } from '../features/users/add-user-dialog.tsx';
import { ImportDialog } from '../features/imports/import-dialog.tsx';
import { InvitationsCard } from '../features/invitations/invitations-card.tsx';
import { InviteDialog } from '../features/invitations/invite-dialog.tsx';
import { UsersTable } from '../features/users/users-table.tsx';
import { SavedViews } from '../features/saved-views/saved-views.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';

export const UsersPage = () => {
  const { t } = useTranslation();
  const { data } = useQuery(overviewQuery);
  const alone = data !== undefined && data.users.approved + data.users.pending + data.users.denied <= 1;
  const [adding, dialog] = useDisclosure(false);
  const [inviting, inviteDialog] = useDisclosure(false);
  const [importing, importDialog] = useDisclosure(false);
  return (
    <>
      <PageHead title={t('users.title')} lead={t('users.lead')}>
        <Button onClick={dialog.open}>{t('users.add')}</Button>
        <Button variant="default" onClick={inviteDialog.open}>
          {t('invitations.invite')}
        </Button>
        <Button variant="default" onClick={importDialog.open}>
          {t('imports.button')}
        </Button>
      </PageHead>
      <Card>
        <SavedViews list="users" />
        <UsersTable />
        {alone ? (
          <EmptyState text={t('users.empty')}>
            <ButtonLink to="/project" variant="default">
              {t('nav.project')}
            </ButtonLink>
          </EmptyState>
        ) : null}
      </Card>
      <InvitationsCard />
      {inviting ? <InviteDialog onClose={inviteDialog.close} /> : null}
      {importing ? <ImportDialog kind="people" onClose={importDialog.close} /> : null}
      {adding ? <AddUserDialog onClose={dialog.close} /> : null}
    </>
  );
};
