import { useTranslation } from 'react-i18next';
import { TextLink } from '../../ui/link.tsx';
import { Card } from '../../ui/card.tsx';
import { LogInForm } from './log-in-form.tsx';
import { useLogIn } from './session.ts';

/** The log-in of somebody who is not logged in yet. */
export const LogInCard = () => {
  const { t } = useTranslation();
  const logIn = useLogIn();
  return (
    <Card title={t('session.logIn')}>
      <LogInForm
        busy={logIn.isPending}
        error={logIn.error}
        onLogIn={(credentials) => {
          logIn.mutate(credentials);
        }}
      />
      <TextLink to="/forgot-password">{t('links.forgot')}</TextLink>
    </Card>
  );
};
