import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { projectQuery } from '../api/queries.ts';
import { ConfirmCard } from '../features/password-links/confirm-card.tsx';
import { ForgotForm } from '../features/password-links/forgot-form.tsx';
import { tokenInHash } from '../features/password-links/link-token.ts';
import { ResetForm } from '../features/password-links/reset-form.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loaded } from '../ui/errors/loaded.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { PageHead } from '../ui/page-head.tsx';

const NoToken = () => {
  const { t } = useTranslation();
  return (
    <Card>
      <EmptyState text={t('links.noToken')}>
        <ButtonLink to="/">{t('common.toHome')}</ButtonLink>
      </EmptyState>
    </Card>
  );
};

/** For somebody who cannot log in: a link by e-mail, or whom to ask. */
export const ForgotPasswordPage = () => {
  const { t } = useTranslation();
  const project = useQuery(projectQuery);
  return (
    <>
      <PageHead title={t('links.forgotTitle')} />
      <Loaded query={project}>
        {({ mail }) =>
          mail ? (
            <ForgotForm />
          ) : (
            <Card>
              <Text>{t('links.forgotAsk')}</Text>
            </Card>
          )
        }
      </Loaded>
    </>
  );
};

/** Where the link for a new password leads. */
export const ResetPasswordPage = () => {
  const { t } = useTranslation();
  const token = tokenInHash(useLocation().hash);
  return (
    <>
      <PageHead title={t('links.resetTitle')} />
      {token === undefined ? <NoToken /> : <ResetForm token={token} />}
    </>
  );
};

/** Where the link that confirms an e-mail address leads. */
export const ConfirmEmailPage = () => {
  const { t } = useTranslation();
  const token = tokenInHash(useLocation().hash);
  return (
    <>
      <PageHead title={t('links.confirmTitle')} />
      {token === undefined ? <NoToken /> : <ConfirmCard token={token} />}
    </>
  );
};
