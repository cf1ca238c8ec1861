import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { invitationQuery, projectQuery } from '../api/queries.ts';
import { invitationIn } from '../features/invitations/invitation-link.ts';
import { useSession } from '../features/session/session-context.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { SignUpForm } from '../features/sign-up/sign-up-form.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';

const InvitedSignUp = ({ token }: { readonly token: string }) => {
  const { t } = useTranslation();
  const invitation = useQuery(invitationQuery(token));
  return (
    <Loaded query={invitation}>
      {({ email, organization, role }) => (
        <>
          <Text>{t('invitations.signUpLead', { organization, role: t(`roles.${role}`) })}</Text>
          <SignUpForm invited={{ token, email, organization, role }} />
        </>
      )}
    </Loaded>
  );
};

const OpenSignUp = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  return (
    <Loaded query={project}>
      {(found) =>
        found.public ? (
          <SignUpForm />
        ) : (
          <>
            <PageHead title={t('signUp.title')} />
            <Card title={t('signUp.closed')}>
              <EmptyState text={t('signUp.closedLead')}>
                <ButtonLink to="/">{t('common.toHome')}</ButtonLink>
              </EmptyState>
            </Card>
          </>
        )
      }
    </Loaded>
  );
};

/** Sign-up in steps, sent as one; an invitation's link shortens it. */
export const SignUpPage = () => {
  const { t } = useTranslation();
  const token = invitationIn(useLocation().hash);
  const { user } = useSession();
  if (user) {
    return (
      <>
        <PageHead title={t('signUp.title')} />
        <Card>
          <EmptyState text={t('signUpMore.loggedIn', { email: user.email })}>
            <ButtonLink to="/">{t('common.toHome')}</ButtonLink>
          </EmptyState>
        </Card>
      </>
    );
  }
  return (
    <div className="narrow">{token === undefined ? <OpenSignUp /> : <InvitedSignUp token={token} />}</div>
  );
};
