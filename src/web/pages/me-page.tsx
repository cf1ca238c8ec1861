import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AccessTokens } from '../features/access/access-tokens.tsx';
import { OWN_TOKENS } from '../features/access/token-kind.ts';
import { SsoCard } from '../features/access/sso-card.tsx';
import { SecondFactorCard } from '../features/access/second-factor-card.tsx';
import { OwnSessions } from '../features/access/own-sessions.tsx';
import { DeleteAccount } from '../features/account/delete-account.tsx';
import { ExportData } from '../features/account/export-data.tsx';
import { FinishSignUp } from '../features/account/finish-sign-up.tsx';
import { MyData } from '../features/account/my-data.tsx';
import { PasswordForm } from '../features/session/password-form.tsx';
import { useSession } from '../features/session/session-context.ts';
import { ApprovalNote } from '../features/home/approval-note.tsx';
import { Card } from '../ui/card.tsx';
import { PageHead } from '../ui/page-head.tsx';

/** One's own data, password and sessions. */
export const MePage = () => {
  const { t } = useTranslation();
  const { user, role } = useSession();
  if (!user) {
    return null;
  }
  const unfinished = role === undefined || user.organization === '';
  return (
    <>
      <PageHead title={t('me.title')} />
      <ApprovalNote />
      {unfinished ? <FinishSignUp user={user} /> : null}
      <SimpleGrid cols={{ base: 1, md: 2 }} className="top-aligned">
        <MyData user={user} />
        <Card title={t('passwords.changePassword')}>
          <PasswordForm user={user} />
        </Card>
      </SimpleGrid>
      <SsoCard />
      <SecondFactorCard />
      <OwnSessions />
      <AccessTokens kind={OWN_TOKENS} />
      <ExportData />
      <DeleteAccount user={user} />
    </>
  );
};
