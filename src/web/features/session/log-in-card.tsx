import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { TextLink } from '../../ui/link.tsx';
import { Card } from '../../ui/card.tsx';
import { SsoLogIn } from './sso-log-in.tsx';
import { LogIn } from './log-in.tsx';

/** The log-in of somebody who is not logged in yet: everything asked before is asked again with the new rights. */
export const LogInCard = () => {
  const { t } = useTranslation();
  const cache = useQueryClient();
  return (
    <Card title={t('session.logIn')}>
      <SsoLogIn />
      <LogIn onLoggedIn={() => cache.invalidateQueries()} />
      <TextLink to="/forgot-password">{t('links.forgot')}</TextLink>
    </Card>
  );
};
