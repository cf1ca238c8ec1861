import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../api/queries.ts';
import { Loaded } from '../ui/errors/loaded.tsx';
import { SignUpForm } from '../features/sign-up/sign-up-form.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';

/** Sign-up in three steps, sent as one. */
export const SignUpPage = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  return (
    <>
      <PageHead title={t('signUp.title')} lead={t('signUp.lead')} />
      <Loaded query={project}>
        {(found) =>
          found.public ? (
            <SignUpForm />
          ) : (
            <Card title={t('signUp.closed')}>
              <EmptyState text={t('signUp.closedLead')}>
                <ButtonLink to="/">{t('common.toHome')}</ButtonLink>
              </EmptyState>
            </Card>
          )
        }
      </Loaded>
    </>
  );
};
